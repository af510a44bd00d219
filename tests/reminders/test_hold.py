"""A hold keeps back whom it covers, from the second it was recorded to the end of its last day in Washington."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders import config, notices, obligation, places, utc
from tipcycle.model.hold import Hold
from tipcycle.model.notice import Notice
from tipcycle.reminders.decide_messages import Decision, Situation, decide_messages
from tipcycle.reminders.hold import covers, ends_at, held_positions, hold_over

BAKU = "baku.action-officer"
AZE = obligation("AZE")


def hold(**changed: Any) -> Hold:
    values: dict[str, Any] = {
        "number": 1,
        "report_year": 2010,
        "scope": "post",
        "name": "baku",
        "until_on": date(2009, 11, 20),
        "reason": "evacuated (made up)",
        "approver": "gtip.director",
        "recorded_at": utc("2009-11-10 14:00"),
    }
    return Hold(**(values | changed))


def rung(days: int, position: str = BAKU, **changed: Any) -> Notice:
    (found,) = (one for one in notices(AZE) if (one.days, one.position) == (days, position))
    return replace(found, **changed)


@pytest.mark.parametrize(
    ("at", "held"),
    [
        pytest.param("2009-11-10 13:59", False, id="the minute before it was recorded"),
        pytest.param("2009-11-10 14:00", True, id="from that moment"),
        pytest.param("2009-11-19 12:00", True, id="the day before its last"),
        pytest.param("2009-11-20 12:00", True, id="on its last day"),
        pytest.param("2009-11-21 04:59", True, id="23:59 in Washington"),
        pytest.param("2009-11-21 05:00", False, id="midnight in Washington"),
        pytest.param("2009-11-22 12:00", False, id="the day after"),
    ],
)
def test_a_hold_lasts_to_the_end_of_its_last_day_in_washington(at: str, *, held: bool) -> None:
    assert (hold_over(config().positions[BAKU], [hold()], at=utc(at)) is not None) is held


def test_a_hold_that_ends_in_summer_time_ends_at_four() -> None:
    assert ends_at(hold(until_on=date(2009, 10, 30))) == utc("2009-10-31 04:00")
    assert ends_at(hold(until_on=date(2009, 10, 31))) == utc("2009-11-01 04:00")  # the clocks go back at two
    assert ends_at(hold(until_on=date(2009, 11, 1))) == utc("2009-11-02 05:00")


@pytest.mark.parametrize(
    ("scope", "name", "covered", "free"),
    [
        (
            "post",
            "baku",
            {"baku.action-officer", "baku.alternate", "baku.front-office"},
            {"eur.bureau", "dakar.alternate"},
        ),
        ("bureau", "EUR", {"baku.front-office", "eur.bureau"}, {"af.bureau", "dakar.alternate", "gtip.director"}),
        ("all", "", {"baku.alternate", "eur.bureau", "gtip.director", "dakar.front-office"}, set()),
    ],
)
def test_a_hold_covers_the_recipients_it_names(scope: Any, name: str, covered: set[str], free: set[str]) -> None:
    held = set(held_positions(config().positions, [hold(scope=scope, name=name)], at=utc("2009-11-12 09:00")))

    assert covered <= held
    assert not (free & held)
    assert all(covers(hold(scope=scope, name=name), config().positions[one]) for one in covered)


def test_of_several_holds_the_one_that_ends_last_is_told_and_a_lifted_one_holds_nothing() -> None:
    everything = hold(number=2, scope="all", name="", until_on=date(2009, 11, 25), reason="furlough (made up)")
    position, at = config().positions[BAKU], utc("2009-11-12 09:00")

    told = hold_over(position, [hold(), everything], at=at)
    lifted = hold_over(position, [replace(everything, lifted_at=at)], at=at)
    just_before = hold_over(position, [replace(everything, lifted_at=utc("2009-11-12 09:01"))], at=at)

    assert told
    assert told.reason == "held until Wed 25 Nov 2009 by gtip.director: furlough (made up)"
    assert told.until == utc("2009-11-26 05:00")
    assert lifted is None
    assert just_before is not None


def _decide(at: str, due: list[Notice], *holds: Hold, history: list[Notice] | None = None) -> Decision:
    situation = Situation(
        at=utc(at),
        owed=tuple(due),
        obligations={AZE.key: AZE},
        history={AZE.key: tuple(history or due)},
        sealed={},
        refused=frozenset(),
        holds=holds,
    )
    return decide_messages(situation, config=config(), places=places())


def test_a_held_notice_is_owed_as_before_and_says_why_it_waits() -> None:
    decision = _decide("2009-11-16 09:00", [rung(-1), rung(1)], hold())

    assert decision.digests == []
    assert decision.dropped == []
    (held,) = decision.held
    assert held.notice == rung(1).key
    assert held.reason.startswith("held until Fri 20 Nov 2009 by gtip.director: ")
    assert held.until == utc("2009-11-21 05:00")


def test_a_statutory_notice_is_held_too() -> None:
    decision = _decide("2009-11-16 09:00", [rung(1, kind="statutory")], hold())

    assert (decision.digests, len(decision.held)) == ([], 1)


def test_after_the_hold_the_newest_rung_goes_and_names_the_older_ones() -> None:
    decision = _decide("2009-11-23 09:00", [rung(-7), rung(-1), rung(1)], hold())

    (digest,) = decision.digests
    assert [one.days for one in digest.notices] == [1]
    assert [one.days for one in digest.replaced[rung(1).key]] == [-7, -1]


def test_a_held_post_that_cannot_be_reached_is_passed_on_to_nobody() -> None:
    situation = Situation(
        at=utc("2009-11-16 09:00"),
        owed=(rung(1),),
        obligations={AZE.key: AZE},
        history={AZE.key: (rung(1),)},
        sealed={},
        refused={("email", "baku.action-officer@posts.example")},
        holds=(hold(),),
    )

    decision = decide_messages(situation, config=config(), places=places())

    assert (decision.digests, decision.handed_over, decision.unreachable) == ([], [], [])


def test_no_rung_goes_above_a_post_that_is_held() -> None:
    reached = rung(-30, state="sent", decided_at=utc("2009-10-16 09:00"))
    due = [rung(1), rung(7, "eur.bureau")]

    decision = _decide("2009-11-23 15:00", due, hold(until_on=date(2009, 11, 30)), history=[reached, *due])

    assert decision.digests == []
    assert {one.reason.split(" by ")[0] for one in decision.held} == {
        "held until Mon 30 Nov 2009",
        "the rung below goes first",
    }
