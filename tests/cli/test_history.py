"""`history`: a country's years as a table that fits a terminal, and as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tests.steps import stand_done
from tipcycle.cli import main
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.close_cycle import close_cycle
from tipcycle.operations.open_cycle import open_cycle

DIRECTOR = "gtip.director"


def _told(capsys: pytest.CaptureFixture[str], country: str) -> dict[str, Any]:
    assert main(["history", country, "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


@pytest.fixture
def two_cycles(asked: Story) -> Story:
    """Senegal reported ten days late; Azerbaijan was given more time; cycle 2011 is open."""
    asked.tick(utc("2009-11-06 12:00"))
    asked.tick(utc("2009-11-13 12:00"))
    asked.tick(utc("2009-11-16 12:00"))
    asked.tick(utc("2009-11-19 12:00"))
    asked.drop("sen.yaml", progress_report("SEN", "Dakar"))
    asked.take_in(utc("2009-11-25 12:00"))
    change_deadline(
        YEAR,
        step="progress-report",
        country="AZE",
        planned_on=utc("2009-12-04 00:00").date(),
        reason_class="post asked",
        reason="made up",
        approver=DIRECTOR,
        at=utc("2009-11-26 12:00"),
        preview=False,
    )
    stand_done("report-release", utc("2010-06-14 16:00"))
    at = utc("2010-07-01 12:00")
    close_cycle(YEAR, position=DIRECTOR, signed=close_cycle(YEAR, position=DIRECTOR, at=at).hash, at=at)
    open_cycle(2011, utc("2010-08-30 12:00"))
    open_cycle(2011, utc("2010-09-10 12:00"))
    return asked


def test_the_years_of_a_country_are_told_as_json(two_cycles: Story, capsys: pytest.CaptureFixture[str]) -> None:
    history = _told(capsys, "senegal")

    assert (history["iso3"], history["post"]) == ("SEN", "Dakar")
    placed = {one["report_year"]: (one["tier"], one["special_watch_list"]) for one in history["placements"]}
    assert placed[2009][0] == "2WL"
    assert placed[2010][1]["group"] == "tier_2_watch_list"
    first, second = history["cycles"]
    assert (first["report_year"], first["closed_at"]) == (2010, "2010-07-01T12:00:00Z")
    report = next(one for one in first["asks"] if one["step"] == "progress-report")
    assert (report["asked_at"], report["answered_at"]) == ("2009-09-21T14:00:00Z", "2009-11-25T12:00:00Z")
    assert (report["days_late"], report["standing"], report["versions"]) == (10, "received", 1)
    assert (report["reminded"], report["escalated"]) == (3, 1)
    assert {one["status"] for one in first["recommendations"]} == {"begun", "not answered"}
    assert {one["asked"] for one in first["recommendations"]} == {"first year asked"}
    assert [one["decision"] for one in first["clearances"]] == ["cleared"]
    assert second["recommendations"] == []
    assert [(one["report_year"], one["late"], one["days_late"]) for one in history["punctuality"]] == [
        (2010, 1, 10),
        (2011, 0, 0),
    ]


def test_a_post_with_more_time_is_late_by_its_new_day(two_cycles: Story, capsys: pytest.CaptureFixture[str]) -> None:
    report = next(one for one in _told(capsys, "AZE")["cycles"][0]["asks"] if one["step"] == "progress-report")

    assert (report["first_planned_on"], report["planned_on"]) == ("2009-11-15", "2009-12-04")
    assert report["days_late"] == 209, "until the cycle was closed on 1 July"


@pytest.mark.parametrize("country", ["Senegal", "France"])
def test_the_table_fits_a_hundred_columns(two_cycles: Story, country: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", country]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(country)
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if re.search(r"\w+:\d{4}:", line)] == [], "no key of the ledger"


def test_the_table_speaks_in_words_and_tells_what_is_not_asked_yet(
    two_cycles: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "SEN"]) == 0

    text = capsys.readouterr().out
    assert re.search(r"progress report +2009-09-21 +2009-11-\d\d +2009-11-25 +received", text)
    assert re.search(r"progress report +not yet +2010-11-\d\d +not asked yet", text)
    assert "missing" not in text.partition("Cycle 2011")[2]
    assert "  action request of SEN: cleared by " in text


def test_a_country_that_is_misspelt_is_refused_with_the_nearest_name(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "Azerbaidjan"]) == 1
    assert 'did you mean "Azerbaijan"?' in capsys.readouterr().err
