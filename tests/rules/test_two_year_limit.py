"""The two-year limit of 22 U.S.C. 7107(b)(2)(D): which Reports count, when it first holds, what leaves it open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tests.rules.histories import history
from tipcycle.rules.placement_in_force import history_of
from tipcycle.rules.two_year_limit import earliest_effect, run_before, two_year_limit

LAW = config().law


@pytest.mark.parametrize(
    ("report_year", "outcome"),
    [
        pytest.param(2008, "not_in_force", id="before: the Report before the act"),
        pytest.param(2009, "does_not_apply", id="first: the Report that counts first"),
        pytest.param(2010, "does_not_apply", id="within: one Report counted"),
        pytest.param(2011, "must_be_tier_3", id="first effect"),
        pytest.param(2012, "must_be_tier_3", id="after"),
    ],
)
def test_a_country_always_listed_meets_the_limit_first_in_the_2011_report(report_year: int, outcome: str) -> None:
    run = run_before(history(2004, "WWWWWWWWW"), "QQQ", LAW, report_year=report_year)

    assert two_year_limit(run, LAW).outcome == outcome


@pytest.mark.parametrize(
    ("tiers", "counted"),
    [
        pytest.param("WW", 2, id="second year"),
        pytest.param("W2", 0, id="moved up"),
        pytest.param("2W", 1, id="first year"),
        pytest.param("W3W", 1, id="another tier ends a run"),
        pytest.param("WsW", 1, id="a special case is no watch-list year"),
        pytest.param("W-W", 1, id="not ranked in a Report that is known"),
        pytest.param("WWWW", 4, id="as long as any run was"),
    ],
)
def test_only_consecutive_watch_list_reports_count(tiers: str, counted: int) -> None:
    run = run_before(history(2009, tiers), "QQQ", LAW, report_year=2009 + len(tiers))

    assert run.counted == counted


def test_the_neighbour_who_moved_up_to_tier_1_is_on_the_special_watch_list_and_does_not_count() -> None:
    run = run_before(history(2009, "21"), "QQQ", LAW, report_year=2011)

    assert two_year_limit(run, LAW).outcome == "does_not_apply"


@pytest.mark.parametrize(
    ("first", "tiers", "span"),
    [
        pytest.param(2009, "W?", (0, 2), id="missing right before"),
        pytest.param(2009, "W?W", (1, 3), id="missing in the middle"),
        pytest.param(2009, "2?", (0, 1), id="cannot reach the limit"),
        pytest.param(2009, "W?2", (0, 0), id="ended by a known Report"),
        pytest.param(2009, "W?2W", (1, 1), id="counted anew after that"),
        pytest.param(2011, "W", (1, 3), id="the file begins after 2009"),
        pytest.param(2011, "2", (0, 0), id="ended by the first known Report"),
        pytest.param(2009, "??", (0, 2), id="two missing"),
    ],
)
def test_a_missing_report_makes_a_run_a_span(first: int, tiers: str, span: tuple[int, int]) -> None:
    tail = "2" if tiers.endswith("?") else ""  # a later Report, so that the missing one is in the file's span
    run = run_before(history(first, tiers + tail), "QQQ", LAW, report_year=first + len(tiers))

    assert (run.least, run.most) == span
    assert run.counted == (span[0] if span[0] == span[1] else None)


def test_an_unknown_run_is_said_to_be_unknown_and_never_denied() -> None:
    run = run_before(history(2009, "W?W2"), "QQQ", LAW, report_year=2012)

    finding = two_year_limit(run, LAW)

    assert (finding.outcome, finding.inputs["counted_reports_before"]) == ("unknown", None)
    assert "between 1 and 3" in finding.because


def test_azerbaijan_enters_2011_with_two_counted_reports_though_listed_since_2008() -> None:
    run = run_before(history_of(config().placements), "AZE", LAW, report_year=2011)

    finding = two_year_limit(run, LAW)

    assert (run.counted, earliest_effect(run, LAW)) == (2, 2011)
    assert "2 counted Reports in a row (2009, 2010)" in finding.because
    assert "22 U.S.C. 7107(b)(2)(D)(i)" in finding.source


@pytest.mark.parametrize(
    ("on", "counted"), [(date(2009, 9, 13), 0), (date(2009, 9, 14), 1), (date(2009, 9, 15), 1), (None, 1)]
)
def test_swaziland_counts_from_the_day_of_its_correction(on: date | None, counted: int) -> None:
    run = run_before(history_of(config().placements, on=on), "SWZ", LAW, report_year=2010)

    assert run.counted == counted


@pytest.mark.parametrize(("tiers", "effect"), [("2", 2012), ("W", 2011), ("WW", 2011), ("WWW", 2012)])
def test_the_earliest_effect_is_the_first_report_that_would_have_to_be_tier_3(tiers: str, effect: int) -> None:
    run = run_before(history(2009, tiers), "QQQ", LAW, report_year=2009 + len(tiers))

    assert earliest_effect(run, LAW) == effect
