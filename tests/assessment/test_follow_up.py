"""What is due after a Report: the day before, the first, the last and the day after, by the law in force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import config
from tipcycle.assessment.follow_up import FollowUp, Placed, follow_ups, kinds_allowed
from tipcycle.model.tier_decision import Determination

LAW = config().law
IN_2010, IN_2015, IN_2023 = date(2010, 6, 14), date(2015, 7, 27), date(2023, 6, 15)
TIER_3, MOVED, WAIVED = Placed("3", "3", False), Placed("2WL", "3", False), Placed("2WL", "2WL", True)


def due(
    placed: Placed,
    *,
    report_on: date,
    on: date,
    done: str = "",
    done_on: date | None = None,
    listed: date | None = None,
) -> list[FollowUp]:
    determined = [
        Determination(1, report_on.year, "QQQ", done, done_on, "", "s.principal", datetime(2010, 9, 1, tzinfo=UTC))
        for _ in range(done_on is not None)
        if done_on
    ]
    return follow_ups(
        {"QQQ": placed}, LAW, report_on=report_on, list_recorded_on=listed, determinations=determined, on=on
    )


@pytest.mark.parametrize(
    ("after", "done", "state"),
    [
        pytest.param(10, None, "open", id="before the window"),
        pytest.param(90, None, "open", id="the last day"),
        pytest.param(91, None, "late", id="the day after"),
        pytest.param(100, 44, "done early", id="done the day before the window"),
        pytest.param(100, 45, "done", id="done on its first day"),
        pytest.param(100, 90, "done", id="done on its last day"),
        pytest.param(100, 91, "done late", id="done the day after"),
    ],
)
def test_a_tier_3_country_is_determined_45_to_90_days_after_the_report(
    after: int, done: int | None, state: str
) -> None:
    done_on = None if done is None else IN_2010 + timedelta(days=done)
    _, one = due(TIER_3, report_on=IN_2010, on=IN_2010 + timedelta(days=after), done="(d)(4)", done_on=done_on)

    assert (one.iso3, one.first, one.last, one.state) == ("QQQ", date(2010, 7, 29), date(2010, 9, 12), state)


def test_the_list_of_the_next_cycle_is_due_in_the_same_window() -> None:
    (open_,) = due(Placed("2", "2", False), report_on=IN_2010, on=IN_2010)
    (done,) = due(Placed("2", "2", False), report_on=IN_2010, on=IN_2010, listed=date(2010, 9, 10))

    assert (open_.state, open_.last, done.state) == ("open", date(2010, 9, 12), "done")


@pytest.mark.parametrize(
    ("placed", "report_on", "what"),
    [
        pytest.param(MOVED, IN_2010, None, id="no duty of an action plan in 2010"),
        pytest.param(MOVED, date(2022, 7, 19), None, id="nor in 2022"),
        pytest.param(MOVED, IN_2023, date(2023, 12, 12), id="180 days in 2023"),
        pytest.param(Placed("2", "3", False), IN_2023, None, id="none for a move to Tier 2"),
        pytest.param(WAIVED, date(2012, 6, 19), None, id="no publication of a waiver in 2012"),
        pytest.param(WAIVED, IN_2015, date(2015, 8, 26), id="30 days in 2015"),
    ],
)
def test_plans_and_publications_are_due_where_the_law_has_them(
    placed: Placed, report_on: date, what: date | None
) -> None:
    of_country = [one.last for one in due(placed, report_on=report_on, on=report_on) if one.iso3]

    assert of_country == ([what] if what else [])


@pytest.mark.parametrize(
    ("placed", "report_on", "kinds"),
    [
        pytest.param(TIER_3, IN_2010, {"(d)(1)", "(d)(2)", "(d)(3)", "(d)(4)", "(d)(5)(B)"}, id="Tier 3"),
        pytest.param(MOVED, IN_2010, {"action-plan"}, id="by practice also before the duty"),
        pytest.param(WAIVED, IN_2010, set(), id="no publication in 2010"),
        pytest.param(WAIVED, IN_2015, {"waiver-published"}, id="in 2015"),
        pytest.param(Placed("1", "1", False), IN_2015, set(), id="Tier 1"),
        pytest.param(None, IN_2015, set(), id="not placed"),
    ],
)
def test_only_what_follows_the_placement_can_be_recorded(
    placed: Placed | None, report_on: date, kinds: set[str]
) -> None:
    assert set(kinds_allowed(placed, LAW, report_on=report_on)) == kinds
