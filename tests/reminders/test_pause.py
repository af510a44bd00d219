"""Seven days of quiet after "request received": for courtesy reminders only, and never past the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import config, notices, obligation, places, utc
from tipcycle.model.answer import Answer
from tipcycle.model.notice import Notice
from tipcycle.reminders.decide_messages import Decision, Situation, decide_messages
from tipcycle.reminders.pause import pause_for, pause_of

BAKU = "baku.action-officer"
AZE = obligation("AZE")
SAID_AT = utc("2009-11-02 10:00")


def answer(at: str = "2009-11-02 10:00", **changed: Any) -> Answer:
    values: dict[str, Any] = {
        "id": f"answer:{at}",
        "obligation": AZE.key,
        "position": BAKU,
        "answer": "received",
        "report_on": None,
        "note": "",
        "channel": "link",
        "plan_version": 1,
        "answered_at": utc(at),
    }
    return Answer(**(values | changed))


def rung(days: int, position: str = BAKU, **changed: Any) -> Notice:
    (found,) = (one for one in notices(AZE) if (one.days, one.position) == (days, position))
    return replace(found, **changed)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        pytest.param("2009-11-02 09:59", None, id="the minute before it was said"),
        pytest.param("2009-11-02 10:00", "2009-11-09 10:00", id="from that moment"),
        pytest.param("2009-11-05 10:00", "2009-11-09 10:00", id="within the week"),
        pytest.param("2009-11-09 09:59", "2009-11-09 10:00", id="in its last minute"),
        pytest.param("2009-11-09 10:00", None, id="at its end"),
        pytest.param("2009-11-10 10:00", None, id="the day after"),
    ],
)
def test_a_pause_lasts_seven_days_to_the_minute(at: str, until: str | None) -> None:
    pause = pause_of(AZE, [answer()], at=utc(at))

    assert (pause.until if pause else None) == (utc(until) if until else None)


@pytest.mark.parametrize(
    ("said", "at", "until"),
    [
        pytest.param("2009-11-12 10:00", "2009-11-13 10:00", AZE.due_at, id="the deadline comes first"),
        pytest.param("2009-11-12 10:00", "2009-11-15 19:59:58", AZE.due_at, id="the second before it"),
        pytest.param("2009-11-12 10:00", "2009-11-15 19:59:59", None, id="at the deadline"),
        pytest.param("2009-11-16 10:00", "2009-11-16 11:00", None, id="said after the deadline"),
    ],
)
def test_a_pause_ends_at_the_deadline(said: str, at: str, until: object) -> None:
    pause = pause_of(AZE, [answer(said)], at=utc(at))

    assert (pause.until if pause else None) == until


def test_the_newest_answer_counts_and_says_who_and_when() -> None:
    pause = pause_of(AZE, [answer("2009-11-04 10:00", position="baku.alternate"), answer()], at=utc("2009-11-05 10:00"))

    assert pause
    assert pause.until == utc("2009-11-11 10:00")
    assert pause.reason == "paused: baku.alternate said on 2009-11-04T10:00:00Z that it has the request"


@pytest.mark.parametrize("kind", ["will_report", "nothing_to_report", "wrong_office", "extension"])
def test_no_other_answer_pauses_anything(kind: Any) -> None:
    assert pause_of(AZE, [answer(answer=kind)], at=SAID_AT) is None


@pytest.mark.parametrize(
    ("notice", "waits"),
    [
        pytest.param(rung(-30), True, id="a reminder"),
        pytest.param(rung(-1, "baku.alternate"), True, id="the last reminder, to the alternate too"),
        pytest.param(rung(1), False, id="the first rung past the deadline"),
        pytest.param(rung(3, "baku.front-office"), False, id="the front office"),
        pytest.param(rung(7, "eur.bureau"), False, id="the bureau"),
        pytest.param(rung(14, "gtip.director"), False, id="the director"),
        pytest.param(rung(-7, kind="statutory"), False, id="a statutory reminder"),
        pytest.param(rung(-7, alarm=True), False, id="an alarm"),
    ],
)
def test_only_courtesy_reminders_wait(notice: Notice, *, waits: bool) -> None:
    assert (pause_for(notice, AZE, [answer()], at=SAID_AT) is not None) is waits


def _decide(at: str, due: list[Notice], history: list[Notice], *said: Answer) -> Decision:
    situation = Situation(
        at=utc(at),
        owed=tuple(due),
        obligations={AZE.key: AZE},
        history={AZE.key: tuple(history or due)},
        sealed={},
        refused=frozenset(),
        answers={AZE.key: said},
    )
    return decide_messages(situation, config=config(), places=places())


def test_a_paused_reminder_is_held_with_its_reason_and_its_end() -> None:
    decision = _decide("2009-11-06 09:00", [rung(-7)], [], answer())

    assert decision.digests == []
    (held,) = decision.held
    assert held.notice == rung(-7).key
    assert held.reason.startswith("paused: ")
    assert held.until == SAID_AT + timedelta(days=7)


def test_after_the_pause_the_newest_reminder_goes_and_names_the_paused_one() -> None:
    decision = _decide("2009-11-13 09:00", [rung(-7), rung(-1)], [], answer())

    (digest,) = decision.digests
    assert [one.days for one in digest.notices] == [-1]
    assert [one.days for one in digest.replaced[rung(-1).key]] == [-7]


def test_a_reminder_that_was_paused_to_the_deadline_holds_no_escalation_up() -> None:
    reached = rung(-30, state="sent", decided_at=utc("2009-10-16 09:00"))
    due = [rung(-1), rung(1)]

    decision = _decide("2009-11-16 09:00", due, [reached, *due], answer("2009-11-12 10:00"))

    (digest,) = decision.digests
    assert [one.days for one in digest.notices] == [1]
