"""A workbook as a post fills it in: cells by name, typed into the book that we made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.builders import config
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.submission import SubmissionStep
from tipcycle.operations.context import Context, context
from tipcycle.operations.make_workbook import workbook_form
from tipcycle.rendering.workbook import make_workbook

KEY = b"a key of these tests"
LIMIT = 1_000_000

# A whole progress report of Azerbaijan (made up): every high-priority item, one figure.
ANSWERED: dict[str, Any] = {
    "Answer!B5": "baku.action-officer",
    "Recommendations!D5": "begun",
    "Recommendations!E5": "Made up: in use in two regions.",
    "Recommendations!D6": "not begun",
    "Recommendations!D7": "not begun",
    "Recommendations!D8": "not begun",
    "Recommendations!D9": "not begun",
    "Statistics!B6": "provided",
    "Statistics!D6": date(2009, 10, 31),
    "Statistics!E6": 12,
    "Statistics!F6": 3,
    "Statistics!G6": 9,
    "Statistics!H6": "explicit offence",
    "Statistics!I6": "Criminal Code, article on trafficking (made up)",
    "Statistics!L6": "Prosecutor General (made up)",
}


def cycle() -> Context:
    """The real context of cycle 2010."""
    return context(config().report_year)


@cache
def blank(iso3: str = "AZE", step: SubmissionStep = "progress-report", *, key: bytes = KEY) -> bytes:
    """The workbook as it goes out."""
    return make_workbook(workbook_form(cycle(), iso3, step), key=key)


def opened(iso3: str = "AZE", step: SubmissionStep = "progress-report") -> Workbook:
    """The same, to be changed."""
    return load_workbook(io.BytesIO(blank(iso3, step)))


def saved(book: Workbook) -> bytes:
    """The bytes of a book."""
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def filled(
    cells: Mapping[str, Any] = ANSWERED, *, iso3: str = "AZE", step: SubmissionStep = "progress-report"
) -> bytes:
    """A workbook with values typed into cells, `None` to empty one."""
    book = opened(iso3, step)
    for place, value in cells.items():
        title, _, cell = place.partition("!")
        book[title][cell].value = value
    return saved(book)


def repacked(
    raw: bytes,
    *,
    edit: Callable[[str, bytes], bytes] = lambda _, text: text,
    add: Mapping[str, bytes] | None = None,
    leave_out: str = "",
) -> bytes:
    """The package with its parts edited by name, with others added, and one left out; of b"" a new one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as write:
        if raw:
            with zipfile.ZipFile(io.BytesIO(raw)) as parts:
                for name in parts.namelist():
                    if name != leave_out:
                        write.writestr(name, edit(name, parts.read(name)))
        for name, content in (add or {}).items():
            write.writestr(name, content)
    return packed.getvalue()


def with_shared_strings(raw: bytes) -> bytes:
    """The book as a spreadsheet saves it: its texts in a part of their own, not in the cells."""
    texts: list[bytes] = []

    def number(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    def edit(name: str, part: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            return re.sub(rb't="inlineStr"><is>(.*?)</is>', number, part, flags=re.DOTALL)
        if name == "xl/_rels/workbook.xml.rels":
            relation = b'<Relationship Id="texts" Type="sharedStrings" Target="sharedStrings.xml"/>'
            return part.replace(b"</Relationships>", relation + b"</Relationships>")
        return part

    changed = repacked(raw, edit=edit)
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = b'<sst xmlns="%s">%s</sst>' % (namespace, b"".join(b"<si>%s</si>" % text for text in texts))
    return repacked(changed, add={"xl/sharedStrings.xml": table})


def read(raw: bytes, *, key: bytes = KEY) -> Read:
    """What the one door makes of it."""
    return read_content(raw, name="answer.xlsx", max_bytes=LIMIT, key=key)
