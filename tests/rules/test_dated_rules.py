"""The rules that came with later acts: before, first, within, after, and the neighbour to whom each does not apply."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from tests.builders import config
from tests.rules.histories import history
from tipcycle.model.placement import Tier
from tipcycle.rules.action_plan_duty import action_plan_duty
from tipcycle.rules.cable_precedence import precedence_of_action_request
from tipcycle.rules.data_provision import data_provision
from tipcycle.rules.forecast import CHOICES, Choice, forecast
from tipcycle.rules.host_government_role import host_government_role
from tipcycle.rules.no_tier_change_at_interim import no_tier_change_at_interim
from tipcycle.rules.standards_in_force import standards_in_force
from tipcycle.rules.statutory_due_days import (
    determination_days,
    interim_due_day,
    report_due_day,
    special_watch_list_days,
)
from tipcycle.rules.tier_change_explanation import tier_change_explanation
from tipcycle.rules.two_year_limit import run_before, two_year_limit
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade
from tipcycle.rules.watch_list_grounds import watch_list_grounds

LAW = config().law


@pytest.mark.parametrize(
    ("report_year", "outcome"),
    [(2003, "not_in_force"), (2004, "valid"), (2018, "valid"), (2019, "not_a_ground"), (2024, "not_a_ground")],
)
def test_commitments_are_a_ground_from_2004_to_2018(report_year: int, outcome: str) -> None:
    assert watch_list_grounds("III", LAW, report_year=report_year).outcome == outcome


@pytest.mark.parametrize("report_year", [2004, 2018, 2019, 2024])
def test_lacking_evidence_of_efforts_is_always_a_ground(report_year: int) -> None:
    assert watch_list_grounds("II", LAW, report_year=report_year).outcome == "valid"


@pytest.mark.parametrize(
    ("report_year", "outcome"), [(2018, "not_in_force"), (2019, "missing"), (2020, "missing"), (2024, "missing")]
)
def test_a_change_of_tier_must_be_explained_from_2019_on(report_year: int, outcome: str) -> None:
    assert tier_change_explanation("2", "2WL", LAW, report_year=report_year).outcome == outcome


@pytest.mark.parametrize(
    ("before", "now", "explanation", "standards", "outcome"),
    [
        pytest.param("2", "2", "", (), "not_required", id="no change"),
        pytest.param(None, "2", "", (), "not_required", id="not placed before"),
        pytest.param("special", "2", "", (), "not_required", id="was a special case"),
        pytest.param("2", "1", "  ", ("4",), "missing", id="blank"),
        pytest.param("2", "1", "It convicted more traffickers.", (), "missing", id="no link"),
        pytest.param("2", "1", "It convicted more traffickers.", ("9",), "missing", id="no such standard"),
        pytest.param("2", "1", "It convicted more traffickers.", ("4",), "explained", id="explained"),
    ],
)
def test_an_explanation_links_to_a_minimum_standard(
    before: Tier | None, now: Tier, explanation: str, standards: tuple[str, ...], outcome: str
) -> None:
    finding = tier_change_explanation(before, now, LAW, report_year=2019, explanation=explanation, standards=standards)

    assert finding.outcome == outcome


@pytest.mark.parametrize(
    ("before", "now", "report_on", "outcome"),
    [
        pytest.param("3", "2WL", date(2022, 7, 19), "not_in_force", id="before"),
        pytest.param("3", "2WL", date(2023, 6, 15), "owed", id="first Report"),
        pytest.param("3", "2WL", date(2024, 6, 24), "owed", id="after"),
        pytest.param("3", "2", date(2023, 6, 15), "does_not_apply", id="neighbour: to Tier 2"),
        pytest.param("2", "2WL", date(2023, 6, 15), "does_not_apply", id="neighbour: from Tier 2"),
    ],
)
def test_a_move_from_tier_3_to_the_watch_list_owes_an_action_plan_from_2023_on(
    before: Tier, now: Tier, report_on: date, outcome: str
) -> None:
    assert action_plan_duty(before, now, LAW, report_on=report_on).outcome == outcome


@pytest.mark.parametrize(
    ("before", "report_year", "outcome"),
    [
        pytest.param("2WWW3W", 2018, "not_in_force", id="before the act"),
        pytest.param("2WWW3", 2019, "does_not_apply", id="first Report: once again on the list"),
        pytest.param("2WWW3W", 2019, "warning", id="first Report: a second one in a row"),
        pytest.param("2WW3W", 2020, "warning", id="within, without a waiver used"),
        pytest.param("2WWW3W2", 2021, "does_not_apply", id="after a Report off the list"),
        pytest.param("22222222W3W", 2020, "does_not_apply", id="neighbour: Tier 3 on the merits"),
        pytest.param("2WWW3????", 2019, "unknown", id="missing since the downgrade"),
        pytest.param("2WWW3W?W", 2019, "warning", id="missing before the last one"),
        pytest.param("2WWW3W?2", 2019, "does_not_apply", id="missing, and off the list since"),
        pytest.param("22222WW?W", 2019, "unknown", id="the downgrade may be missing"),
        pytest.param("2222222W?W", 2019, "does_not_apply", id="no downgrade can be missing"),
        pytest.param("22222WW?2", 2019, "does_not_apply", id="off the list since, whatever is missing"),
        pytest.param("2W", 2020, "unknown", id="the file begins after a downgrade may have been"),
    ],
)
def test_a_second_watch_list_report_after_limit_and_tier_3_is_a_warning(
    before: str, report_year: int, outcome: str
) -> None:
    past = history(report_year - len(before), before)

    finding = watch_list_after_downgrade(past, "QQQ", LAW, report_year=report_year)

    assert finding.outcome == outcome
    assert "not verified" in finding.source


CATEGORIES = ("investigations", "prosecutions", "convictions", "sentences")
ALL = dict.fromkeys(CATEGORIES, "provided")
ASKED = (date(2009, 9, 21), date(2009, 10, 16))


@pytest.mark.parametrize(
    ("statuses", "report_year", "asked", "capacity", "outcome"),
    [
        pytest.param({}, 2003, ASKED, True, "not_in_force", id="before the duty"),
        pytest.param({}, 2004, ASKED, True, "not_presumed", id="first year of grace"),
        pytest.param({}, 2005, ASKED, True, "not_presumed", id="last year of grace"),
        pytest.param({}, 2006, ASKED, True, "presumed_not_vigorous", id="after the grace"),
        pytest.param(ALL, 2010, ASKED, None, "provided", id="all given"),
        pytest.param(ALL | {"sentences": "not comparable"}, 2010, ASKED, None, "provided", id="given, not comparable"),
        pytest.param(ALL | {"sentences": "not provided"}, 2010, ASKED, True, "presumed_not_vigorous", id="one missing"),
        pytest.param(ALL | {"sentences": "not provided"}, 2010, ASKED, False, "not_presumed", id="cannot give them"),
        pytest.param(ALL | {"sentences": "not provided"}, 2010, ASKED, None, "unknown", id="capacity not known"),
        pytest.param(ALL | {"sentences": "not provided"}, 2010, (), True, "not_presumed", id="never asked"),
        pytest.param({}, 2019, ASKED, True, "presumed_not_vigorous", id="under the law of 2019"),
    ],
)
def test_what_is_presumed_of_a_government_without_figures(
    statuses: dict[str, str], report_year: int, asked: tuple[date, ...], capacity: bool | None, outcome: str
) -> None:
    finding = data_provision(statuses, LAW, report_year=report_year, requested_on=asked, has_capacity=capacity)

    assert finding.outcome == outcome


@pytest.mark.parametrize(("report_year", "words"), [(2018, "its capacity"), (2019, "demonstrably increasing capacity")])
def test_the_presumption_speaks_the_words_of_its_year(report_year: int, words: str) -> None:
    finding = data_provision({}, LAW, report_year=report_year, requested_on=ASKED, has_capacity=True)

    assert words in finding.because


@pytest.mark.parametrize(
    ("by", "role", "report_year", "outcome"),
    [
        pytest.param("other", "the ministry paid the rent", 2009, "not_in_force", id="before the cable that says so"),
        pytest.param("other", "the ministry paid the rent", 2010, "counts", id="a concrete role"),
        pytest.param("other", "some role", 2010, "does_not_count", id="that there was one, not which"),
        pytest.param("other", "", 2024, "does_not_count", id="none"),
        pytest.param("government", "", 2010, "counts", id="neighbour: the government itself"),
    ],
)
def test_work_by_others_counts_only_with_a_role_described(
    by: Literal["government", "other"], role: str, report_year: int, outcome: str
) -> None:
    assert host_government_role(by, role, LAW, report_year=report_year).outcome == outcome


@pytest.mark.parametrize(
    ("report_year", "outcome"),
    [
        (2000, "not_in_force"),
        (2001, "4 standards, 7 indicia"),
        (2003, "4 standards, 7 indicia"),
        (2004, "4 standards, 10 indicia"),
        (2009, "4 standards, 11 indicia"),
        (2012, "4 standards, 11 indicia"),
        (2013, "4 standards, 12 indicia"),
        (2024, "4 standards, 12 indicia"),
    ],
)
def test_indicia_are_those_of_the_report_and_their_history_is_marked_unverified(report_year: int, outcome: str) -> None:
    finding = standards_in_force(LAW, report_year=report_year)

    assert finding.outcome == outcome
    assert finding.verified is (report_year == 2000)


@pytest.mark.parametrize(("report_year", "outcome"), [(2003, "not_in_force"), (2004, "no_change"), (2024, "no_change")])
def test_no_tier_ever_changes_at_the_interim_assessment(report_year: int, outcome: str) -> None:
    assert no_tier_change_at_interim(LAW, report_year=report_year).outcome == outcome


def test_due_days_are_said_with_the_value_that_sets_them() -> None:
    assert report_due_day(LAW, report_year=2021).outcome == "2021-06-30"
    assert report_due_day(LAW, report_year=2000).outcome == "not_in_force"
    assert interim_due_day(LAW, report_year=2010).outcome == "2010-02-01"
    assert "since the last annual Report" in interim_due_day(LAW, report_year=2018).because
    assert "since April 1" in interim_due_day(LAW, report_year=2019).because
    assert special_watch_list_days(LAW, report_on=date(2009, 6, 16)).outcome == "2009-09-14"
    assert special_watch_list_days(LAW, report_on=date(2003, 6, 11)).outcome == "not_in_force"
    assert determination_days(LAW, report_on=date(2009, 6, 16)).law_version == "2000-10-28"


@pytest.mark.parametrize(
    ("on", "precedence"),
    [
        pytest.param(date(2009, 9, 21), "PRIORITY", id="the seed's day"),
        pytest.param(date(2016, 12, 31), "PRIORITY", id="the last day"),
        pytest.param(date(2017, 1, 1), "IMMEDIATE", id="the first day without it"),
        pytest.param(date(1999, 1, 1), "ROUTINE", id="before any value"),
    ],
)
def test_an_action_request_has_the_precedence_of_its_day(on: date, precedence: str) -> None:
    assert precedence_of_action_request(LAW, on=on) == precedence


@pytest.mark.parametrize(
    ("tiers", "allowed"),
    [
        pytest.param("2", {"1": True, "2": True, "2WL": True, "3": True, "waived": False}, id="no limit near"),
        pytest.param("WW", {"1": True, "2": True, "2WL": False, "3": True, "waived": True}, id="at the limit"),
        pytest.param("WWWW", {"1": True, "2": True, "2WL": False, "3": True, "waived": False}, id="no waiver left"),
        pytest.param("?W", {"1": True, "2": True, "2WL": None, "3": True, "waived": None}, id="a Report is missing"),
    ],
)
def test_a_forecast_says_which_placements_the_law_leaves_open(tiers: str, allowed: dict[Choice, bool | None]) -> None:
    past = history(2009 if not tiers.startswith("?") else 2010, tiers.lstrip("?"))
    year = past.last + 1

    made = {one: forecast(past, "QQQ", LAW, report_year=year, choice=one).allowed for one in CHOICES}

    assert made == allowed


def test_a_forecast_of_tier_3_names_the_presidents_days_and_of_the_watch_list_the_next_limit() -> None:
    tier_3 = forecast(history(2009, "2"), "QQQ", LAW, report_year=2010, choice="3")
    listed = forecast(history(2009, "2"), "QQQ", LAW, report_year=2010, choice="2WL")

    assert "from 2010-07-16 to 2010-08-30" in " ".join(finding.because for finding in tier_3.findings)
    assert "could first hold for that of 2012" in " ".join(finding.because for finding in listed.findings)


@pytest.mark.parametrize(
    ("tiers", "choice", "outcome"),
    [
        pytest.param("22?", "1", "unknown", id="may have moved up to 1"),
        pytest.param("22?", "2", "unknown", id="may have moved up from 3"),
        pytest.param("22?", "2WL", "tier_2_watch_list", id="the watch list is listed wherever it came from"),
        pytest.param("22?", "3", "not_listed", id="Tier 3 is not listed wherever it came from"),
        pytest.param("22-", "1", "not_listed", id="neighbour: not ranked is known"),
        pytest.param("222", "1", "moved_up_to_1", id="neighbour: the Report is there"),
    ],
)
def test_the_next_special_watch_list_is_unknown_where_the_report_before_is_missing(
    tiers: str, choice: Choice, outcome: str
) -> None:
    told = forecast(history(2009, tiers), "QQQ", LAW, report_year=2012, choice=choice)

    (listed,) = [finding for finding in told.findings if finding.rule == "special_watch_list"]
    assert (listed.outcome, listed.severity) == (outcome, "warning" if outcome == "unknown" else "info")


@pytest.mark.parametrize(
    ("before", "choice", "change", "plan"),
    [
        pytest.param("3", "2WL", "missing", "owed", id="from Tier 3 to the watch list"),
        pytest.param("2", "2WL", "missing", None, id="from Tier 2 to the watch list"),
        pytest.param("3", "2", "missing", None, id="from Tier 3 to Tier 2"),
        pytest.param("W", "2WL", None, None, id="stays"),
        pytest.param("?", "2WL", "unknown", "unknown", id="missing, to the watch list"),
        pytest.param("?", "2", "unknown", None, id="missing, to Tier 2"),
        pytest.param("-", "2WL", None, None, id="not ranked"),
    ],
)
def test_a_forecast_owes_explanation_and_action_plan_by_the_report_before(
    before: str, choice: Choice, change: str | None, plan: str | None
) -> None:
    told = forecast(history(2009, "2" * 14 + before), "QQQ", LAW, report_year=2024, choice=choice)

    outcomes = {finding.rule: finding.outcome for finding in told.findings}
    assert (outcomes.get("tier_change_explanation"), outcomes.get("action_plan_duty")) == (change, plan)


@pytest.mark.parametrize(
    ("before", "choice", "words"),
    [
        pytest.param("2", "1", "It moves up from Tier 2 to Tier 1.", id="up"),
        pytest.param("1", "2", "It falls from Tier 1 to Tier 2.", id="down"),
        pytest.param("2", "2", "It stays on Tier 2.", id="stays"),
        pytest.param("W", "2", "It moves up from Tier 2 Watch List to Tier 2.", id="off the list"),
        pytest.param("3", "2WL", "It moves up from Tier 3 to Tier 2 Watch List.", id="onto the list from below"),
        pytest.param("2", "2WL", "It falls from Tier 2 to Tier 2 Watch List.", id="onto the list from above"),
        pytest.param("1", "3", "It falls from Tier 1 to Tier 3.", id="to the bottom"),
        pytest.param("-", "2", "the Report before placed it on no tier.", id="not ranked"),
        pytest.param("?", "2", "the Report before is missing.", id="missing"),
    ],
)
def test_a_choice_is_told_by_how_it_compares_with_the_report_before(before: str, choice: Choice, words: str) -> None:
    told = forecast(history(2009, "22" + before), "QQQ", LAW, report_year=2012, choice=choice)

    assert words in told.findings[0].because


@pytest.mark.parametrize(("report_year", "allowed"), [(2003, False), (2004, True)])
def test_tier_2_watch_list_is_no_choice_before_the_act_that_made_it(report_year: int, allowed: bool) -> None:
    told = forecast(history(2001, "2222"), "QQQ", LAW, report_year=report_year, choice="2WL")

    assert told.allowed is allowed
    assert (told.findings[0].outcome == "no_such_tier") is not allowed


def test_the_interim_assessment_changes_no_tier_by_its_own_subparagraph_and_the_cable() -> None:
    source = no_tier_change_at_interim(LAW, report_year=2010).source

    assert "22 U.S.C. 7107(b)(2)(C)" in source
    assert "09 STATE 97909 paras 3 and 8" in source


@pytest.mark.parametrize(
    ("report_year", "outcome"), [(2003, "not_in_force"), (2004, "not_due"), (2005, "2005-02-01"), (2010, "2010-02-01")]
)
def test_the_first_interim_assessment_is_that_of_2005_and_2004_says_why_not(report_year: int, outcome: str) -> None:
    finding = interim_due_day(LAW, report_year=report_year)

    assert finding.outcome == outcome
    assert ("the 2003 Report, which had none" in finding.because) is (report_year == 2004)


def test_a_reference_that_another_spells_out_is_said_once() -> None:
    finding = two_year_limit(run_before(history(2009, "WW"), "QQQ", LAW, report_year=2011), LAW)

    assert finding.source == 'Pub. L. 110-457, 22 U.S.C. 7107(b)(2)(D)(i), "after December 23, 2008"'
    assert standards_in_force(LAW, report_year=2009).source.count(";") == 2
