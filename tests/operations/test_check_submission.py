"""A file is judged before it is sent, from config alone: also whose answer it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.smoke.story import progress_report, utc
from tests.workbooks import KEY, filled
from tipcycle.operations.check_submission import Checked, check_submission

AT = utc("2009-11-10 09:00")
GOOD = progress_report("AZE", "Baku")


def checked(folder: Path, form: dict[str, Any] | bytes) -> Checked:
    path = folder / "answer"
    path.write_bytes(form if isinstance(form, bytes) else (yaml.safe_dump(form) + "...\n").encode())
    return check_submission(path, AT)


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        pytest.param({"post": "Tbilisi"}, "obligation.wrong_post", "post", id="another post"),
        pytest.param({"submitted_by": "tbilisi.alternate"}, "obligation.wrong_post", "submitted_by", id="by another"),
        pytest.param({"country": "FRA"}, "obligation.unknown", "country", id="not on the list"),
        pytest.param({"country": "XXX"}, "obligation.unknown", "country", id="no country"),
        pytest.param({"report_year": 1999}, "obligation.unknown", "report_year", id="no cycle"),
    ],
)
def test_whose_answer_it_is_is_judged_without_a_ledger(
    tmp_path: Path, changed: dict[str, Any], code: str, where: str
) -> None:
    found = checked(tmp_path, GOOD | changed)

    assert not found.accepted
    assert [(one.code, one.where) for one in found.findings] == [(code, where)]


def test_a_good_file_is_accepted_and_says_what_it_answers(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD)

    assert (found.accepted, found.country, found.report_year, found.step) == (True, "AZE", 2010, "progress-report")


def test_any_country_with_a_post_may_be_asked_for_its_annual_submission(tmp_path: Path) -> None:
    form = GOOD | {"country": "FRA", "post": "Paris", "submitted_by": "paris.action-officer", "items": []}

    found = checked(tmp_path, form | {"step": "annual-submission", "nothing_to_report": True})

    assert found.accepted, found.findings


def test_a_workbook_is_checked_by_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY.decode())

    found = checked(tmp_path, filled({"Answer!B5": "tbilisi.alternate", "Answer!B6": "yes"}))

    assert [(one.code, one.where) for one in found.findings] == [("obligation.wrong_post", "Answer!B5")]
