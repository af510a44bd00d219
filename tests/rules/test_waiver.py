"""The waiver: what is left of it, who decides, and that it fails without every element."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tests.rules.histories import history
from tipcycle.rules.forecast import forecast
from tipcycle.rules.two_year_limit import Run, run_before, two_year_limit
from tipcycle.rules.waiver import Room, judge_waiver, waiver_asks, waiver_decider, waiver_finding, waiver_room
from tipcycle.rules.waiver_publication import waiver_publication

LAW = config().law
EVIDENCE = {
    "written-plan": "plan of March 2011, sent to the committees",
    "would-be-significant-efforts": "the office's assessment of April 2011",
    "sufficient-resources": "budget lines 12 to 15",
}


@pytest.mark.parametrize(
    ("run", "outcome"),
    [
        pytest.param(Run(2008, 0, 0), "not_in_force", id="before the act"),
        pytest.param(Run(2010, 1, 1), "not_needed", id="below the limit"),
        pytest.param(Run(2011, 2, 2), "available", id="nothing used"),
        pytest.param(Run(2012, 3, 3), "available", id="one of two used"),
        pytest.param(Run(2013, 4, 4), "exhausted", id="both used"),
        pytest.param(Run(2018, 3, 3), "available", id="last under two"),
        pytest.param(Run(2019, 3, 3), "exhausted", id="first under one"),
        pytest.param(Run(2013, 1, 3), "unknown", id="a Report is missing"),
    ],
)
def test_what_is_left_of_the_waiver(run: Run, outcome: str) -> None:
    assert waiver_finding(run, LAW).outcome == outcome


def test_used_and_left_come_from_the_countrys_own_run() -> None:
    run = run_before(history(2009, "WWW"), "QQQ", LAW, report_year=2012)

    assert waiver_room(run, LAW) == Room(allowed=2, used=1, exhausted=False)
    assert "1 was: 1 left" in waiver_finding(run, LAW).because


@pytest.mark.parametrize(
    ("on", "who"),
    [
        pytest.param(date(2008, 12, 22), "not_in_force", id="before the act"),
        pytest.param(date(2008, 12, 23), "the President", id="first day"),
        pytest.param(date(2010, 9, 19), "the President", id="the day before the delegation"),
        pytest.param(date(2010, 9, 20), "the Secretary of State", id="the day of the delegation"),
        pytest.param(date(2015, 7, 1), "the Secretary of State", id="after"),
    ],
)
def test_who_may_waive_depends_on_the_day(on: date, who: str) -> None:
    assert waiver_decider(LAW, on=on).outcome == who


@pytest.mark.parametrize("missing", sorted(EVIDENCE))
@pytest.mark.parametrize("empty", ["", "   ", None], ids=["empty", "blank", "absent"])
def test_a_waiver_without_one_element_is_refused_and_names_it(missing: str, empty: str | None) -> None:
    evidence = {name: text for name, text in EVIDENCE.items() if name != missing}
    if empty is not None:
        evidence[missing] = empty

    finding = judge_waiver(evidence, room=Room(2, 0, False), law=LAW, on=date(2011, 6, 1))

    assert (finding.outcome, finding.severity, finding.inputs["missing"]) == ("refused", "error", [missing])


def test_a_waiver_with_every_element_holds_and_names_who_may_decide() -> None:
    finding = judge_waiver(EVIDENCE, room=Room(2, 0, False), law=LAW, on=date(2011, 6, 1))

    assert (finding.outcome, finding.inputs["decided_by"]) == ("complete", "the Secretary of State")


def test_no_evidence_helps_once_the_waiver_is_used_up() -> None:
    finding = judge_waiver(EVIDENCE, room=Room(2, 2, True), law=LAW, on=date(2013, 6, 1))

    assert (finding.outcome, finding.severity) == ("refused", "error")


@pytest.mark.parametrize(
    ("published_on", "on", "outcome"),
    [
        pytest.param(None, date(2015, 8, 26), "pending", id="on the last day"),
        pytest.param(None, date(2015, 8, 27), "overdue", id="the day after"),
        pytest.param(date(2015, 8, 26), date(2015, 9, 30), "on_time", id="published on the last day"),
        pytest.param(date(2015, 8, 27), date(2015, 9, 30), "late", id="published the day after"),
    ],
)
def test_how_the_publication_stands(published_on: date | None, on: date, outcome: str) -> None:
    finding = waiver_publication(LAW, notified_on=date(2015, 7, 27), published_on=published_on, on=on)

    assert finding.outcome == outcome
    assert "not verified" in finding.source
    assert not finding.verified


def test_there_was_no_duty_to_publish_before_2013() -> None:
    finding = waiver_publication(LAW, notified_on=date(2012, 6, 19), published_on=None, on=date(2012, 12, 1))

    assert finding.outcome == "not_in_force"


def test_the_waived_choice_lists_elements_decider_what_is_left_and_the_day_of_publication() -> None:
    told = forecast(history(2009, "2222222WW"), "QQQ", LAW, report_year=2018, choice="waived")

    outcomes = {finding.rule: finding for finding in told.findings}
    asked = outcomes["waiver_elements"]
    assert asked.inputs["left_after"] == 1
    assert all(text in asked.because for text in asked.inputs["elements"].values())
    assert len(asked.inputs["elements"]) == 3
    assert outcomes["waiver_decider"].outcome == "the Secretary of State"
    assert outcomes["waiver_publication"].outcome == "2018-07-01"


@pytest.mark.parametrize(("tiers", "left"), [("22WW", 1), ("2WWW", 0)])
def test_what_is_left_after_the_waiver_is_told(tiers: str, left: int) -> None:
    run = run_before(history(2009, tiers), "QQQ", LAW, report_year=2013)

    assert waiver_asks(run, LAW, on=date(2013, 6, 1)).inputs["left_after"] == left


def test_an_exhausted_run_is_never_told_of_a_waiver_and_its_waived_choice_asks_for_nothing() -> None:
    past = history(2009, "WWWW")

    limit = two_year_limit(run_before(past, "QQQ", LAW, report_year=2013), LAW)
    told = forecast(past, "QQQ", LAW, report_year=2013, choice="waived")

    assert "unless it moves up; no waiver is left" in limit.because
    assert "7107(b)(2)(D)(ii)" in limit.source
    assert told.allowed is False
    assert "waiver_elements" not in {finding.rule for finding in told.findings}


@pytest.mark.parametrize(("report_year", "grounds"), [(2018, 3), (2019, 2)])
def test_the_watch_list_choice_names_the_grounds_of_that_report_and_the_days_of_the_list(
    report_year: int, grounds: int
) -> None:
    told = forecast(history(2009, "2" * (report_year - 2009)), "QQQ", LAW, report_year=report_year, choice="2WL")

    rules = [finding.rule for finding in told.findings]
    assert rules.count("watch_list_grounds") == grounds
    assert "special_watch_list_window" in rules
