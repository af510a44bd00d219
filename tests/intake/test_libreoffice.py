"""A workbook that a real spreadsheet opened, filled in and saved comes back accepted. Skips where there is none."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.submissions.test_rules import FACTS
from tests.workbooks import blank, read
from tipcycle.intake.read_outcome import Read
from tipcycle.model.submission import SubmissionStep
from tipcycle.submissions.gate import judge

pytestmark = [pytest.mark.slow]
SOFFICE = shutil.which("soffice")

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Fill"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Fill" script:language="StarBasic">{}
</script:module>"""
_PROGRAM = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim book : book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{typed}
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", kind())
  book.close(True)
End Sub
"""

# As a person types them: days and numbers as the spreadsheet understands them (made up).
TYPED = {
    "Answer!B5": "baku.action-officer",
    "Answer!B7": "Made up: \u018fliyev, \u0646\u0635, 100 % more & <better>.",
    "Recommendations!D5": "begun",
    "Recommendations!E5": "Made up: in use in two regions.",
    "Recommendations!I5": "2009-09-01",
    "Recommendations!D6": "not begun",
    "Recommendations!D7": "not begun",
    "Recommendations!D8": "not begun",
    "Recommendations!D9": "not begun",
    "Statistics!B6": "provided",
    "Statistics!D6": "2009-10-31",
    "Statistics!E6": "12",
    "Statistics!F6": "3",
    "Statistics!G6": "9",
    "Statistics!H6": "explicit offence",
    "Statistics!I6": "Criminal Code, article 144 (made up)",
    "Statistics!L6": "Prosecutor General (made up)",
    "Statistics!B8": "not provided",
    "Statistics!D8": "2009-10-31",
    "Statistics!R8": "no",
    "Statistics!B7": "not provided",
    "Statistics!D7": "2009-10-31",
}


@pytest.fixture(autouse=True)
def spreadsheet() -> None:
    """Skip, and say so where nobody can miss it, where there is no LibreOffice."""
    if SOFFICE is None:
        warnings.warn("soffice is missing: no workbook was edited by a real spreadsheet", stacklevel=1)
        pytest.skip("needs LibreOffice Calc (soffice)")


def filled_by_libreoffice(folder: Path, typed: dict[str, str], *, step: SubmissionStep = "progress-report") -> Read:
    """Our workbook, opened, filled in cell by cell and saved by LibreOffice, and read back."""
    source, target, profile = folder / "asked.xlsx", folder / "answered.xlsx", folder / "profile"
    source.write_bytes(blank("AZE", step))
    _run(profile, "--terminate_after_init")  # it makes its profile, which would replace our program
    basic = profile / "user" / "basic"
    lines = [
        f'  book.Sheets.getByName("{title}").getCellRangeByName("{cell}").setFormula({_quoted(value)})'
        for title, cell, value in ((*place.split("!"), value) for place, value in typed.items())
    ]
    program = _PROGRAM.format(source=source.as_uri(), target=target.as_uri(), typed="\n".join(lines))
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Fill.xba").write_text(_MODULE.format(escape(program)), encoding="utf-8")
    _run(profile, "macro:///Standard.Fill.Main")
    assert target.exists(), "LibreOffice saved nothing"
    return read(target.read_bytes())


def _run(profile: Path, *words: str) -> None:
    command = [str(SOFFICE), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *words]
    subprocess.run(command, check=True, timeout=120, capture_output=True)


def _quoted(text: str) -> str:
    """A text of Basic, letter by letter where it is not ASCII."""
    parts = ['"' + "".join(letter for letter in text if letter.isascii()).replace('"', '""') + '"']
    if not text.isascii():
        parts = [f'"{letter}"' if letter.isascii() else f"Chr({ord(letter)})" for letter in text]
    return " & ".join(parts)


def test_a_workbook_filled_in_by_a_real_spreadsheet_is_accepted(tmp_path: Path) -> None:
    found = filled_by_libreoffice(tmp_path, TYPED)

    assert found.submission is not None, found.findings
    assert judge(found.submission, FACTS).accepted
    assert found.submission.remarks == TYPED["Answer!B7"]
    assert [one.status for one in found.submission.items] == ["begun", *["not begun"] * 4]
    figure = found.submission.statistics[0]
    assert (figure.total, str(figure.period.end), figure.offence) == (12, "2009-10-31", TYPED["Statistics!I6"])
    assert str(found.submission.items[0].since) == "2009-09-01"


def test_a_report_on_a_demarche_filled_in_by_a_real_spreadsheet_is_accepted(tmp_path: Path) -> None:
    typed = {
        "Answer!B5": "baku.action-officer",
        "Demarche!B5": "2009-10-01",
        "Demarche!B6": "deputy minister",
        "Demarche!B7": "Deputy Minister of Justice",
        "Demarche!B8": "Noted (made up).",
    }

    found = filled_by_libreoffice(tmp_path, typed, step="demarche")

    assert found.submission is not None, found.findings
    assert judge(found.submission, FACTS).findings == ()


def test_a_formula_that_a_real_spreadsheet_worked_out_is_refused_at_its_cell(tmp_path: Path) -> None:
    found = filled_by_libreoffice(tmp_path, TYPED | {"Statistics!E6": "=6+6"})

    assert [(one.code, one.where) for one in found.findings] == [("file.formula", "Statistics!E6")]
