"""What goes out now, what waits, and why: pure decisions over hand-made situations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import config, notices, obligation, places, utc
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.reminders.collapse import collapse
from tipcycle.reminders.decide_messages import Decision, Situation, decide_messages
from tipcycle.reminders.escalation import wait_for_post
from tipcycle.reminders.stand_in import hand_over, valid_address

BAKU_OFFICER = "baku.action-officer"


def rung(days: int, position: str = BAKU_OFFICER, **changed: Any) -> Notice:
    """One notice of Azerbaijan's progress report."""
    (found,) = (one for one in notices(obligation("AZE")) if (one.days, one.position) == (days, position))
    return replace(found, **changed)


def situation(at: datetime, owed: Iterable[Notice], *obligations: Obligation, **changed: Any) -> Situation:
    """Everything of `obligations` is their history; `owed` is what is due."""
    due = tuple(owed)
    known = {one.key: one for one in obligations or (obligation("AZE"),)}
    history: dict[str, tuple[Notice, ...]] = {
        key: tuple(one for one in due if one.obligation == key) + tuple(changed.get("history", ())) for key in known
    }
    return Situation(
        at=at,
        owed=due,
        obligations=known,
        history=history,
        sealed=changed.get("sealed", {}),
        refused=changed.get("refused", frozenset()),
    )


def decide(of: Situation) -> Decision:
    return decide_messages(of, config=config(), places=places())


def test_the_newest_rung_is_told_and_names_those_it_replaces() -> None:
    collapsed = collapse([rung(-14), rung(1), rung(-1), rung(-1, "baku.alternate")])

    assert [(one.days, one.position) for one in collapsed.newest] == [(1, BAKU_OFFICER), (-1, "baku.alternate")]
    assert [one.days for one in collapsed.replaced[rung(1).key]] == [-14, -1]


def test_a_new_plan_s_first_rung_is_newer_than_any_rung_of_the_old_plan() -> None:
    old, new = rung(14, "gtip.director"), rung(-30, position=BAKU_OFFICER)
    new = replace(new, version=2, position="gtip.director", key="new")

    collapsed = collapse([new, old])

    assert [one.key for one in collapsed.newest] == ["new"]


NOON_IN_WASHINGTON = utc("2009-11-23 17:00")


@pytest.mark.parametrize(
    ("history", "notice", "reason"),
    [
        pytest.param([], rung(-1, "baku.alternate"), None, id="a reminder never waits"),
        pytest.param([rung(1)], replace(rung(7, "eur.bureau"), alarm=True), None, id="an alarm never waits"),
        pytest.param([], rung(7, "eur.bureau"), None, id="nobody below was ever to be told"),
        pytest.param([rung(1)], rung(7, "eur.bureau"), "goes first", id="the rung below is due and not sent"),
        pytest.param([rung(1, state="queued")], rung(7, "eur.bureau"), "goes first", id="or only queued"),
        pytest.param(
            [rung(1, state="unknown", decided_at=utc("2009-11-16 05:00"))],
            rung(7, "eur.bureau"),
            "nobody below was reached",
            id="an unknown outcome reached nobody",
        ),
        pytest.param(
            [rung(1, state="sent", decided_at=utc("2009-11-16 05:00"))],
            rung(7, "eur.bureau"),
            None,
            id="the rung below went in time",
        ),
        pytest.param(
            [rung(1, state="sent", due_at=NOON_IN_WASHINGTON, decided_at=NOON_IN_WASHINGTON)],
            rung(7, "eur.bureau"),
            "went only now",
            id="the rung below went in this very tick",
        ),
        pytest.param(
            [rung(1, state="failed", decided_at=utc("2009-11-16 05:00"))],
            rung(7, "eur.bureau"),
            None,
            id="the rung below failed for good",
        ),
        pytest.param(
            [rung(1, state="sent", decided_at=utc("2009-11-20 05:00"))],
            rung(7, "eur.bureau"),
            "keeps its distance from the rung below, which went 4 days late",
            id="the rung below went late",
        ),
        pytest.param(
            [rung(-30, state="sent", decided_at=utc("2009-10-16 05:00")), rung(1)],
            rung(7, "eur.bureau"),
            "goes first",
            id="an early reminder is not the rung below",
        ),
    ],
)
def test_an_escalation_waits_until_the_post_was_reached(
    history: list[Notice], notice: Notice, reason: str | None
) -> None:
    wait = wait_for_post(
        notice,
        history,
        at=NOON_IN_WASHINGTON,
        above=places().washington,
        below=places().of_owner("baku"),
    )

    assert (wait is None) == (reason is None)
    assert wait is None or (reason or "") in wait.reason


@pytest.mark.parametrize(
    ("sent_at", "until"),
    [
        pytest.param("2009-11-17 05:00", "2009-11-24 14:00", id="a day late: a day later"),
        pytest.param("2009-11-19 05:00", "2009-11-27 14:00", id="three days late: Thanksgiving, so Friday"),
        pytest.param("2009-12-24 05:00", "2009-12-31 14:00", id="38 days late"),
    ],
)
def test_the_distance_is_the_ladder_s_rolled_to_a_working_day(sent_at: str, until: str) -> None:
    wait = wait_for_post(
        rung(7, "eur.bureau"),
        [rung(1, state="sent", decided_at=utc(sent_at))],
        at=utc("2009-11-23 14:00"),
        above=places().washington,
        below=places().of_owner("baku"),
    )

    assert wait is not None
    assert wait.until == utc(until)


def email(position: str) -> tuple[str, str]:
    return "email", config().positions[position].address("email") or ""


@pytest.mark.parametrize(
    ("refused", "told", "alarm"),
    [
        pytest.param(["baku.action-officer"], "baku.alternate", False, id="the alternate, as an ordinary notice"),
        pytest.param(["baku.action-officer", "baku.alternate"], "baku.front-office", True, id="then an alarm"),
        pytest.param(
            ["baku.action-officer", "baku.alternate", "baku.front-office"], "eur.bureau", True, id="up to the bureau"
        ),
    ],
)
def test_what_cannot_reach_a_position_goes_to_the_next_one_up(refused: list[str], told: str, alarm: bool) -> None:
    handed = hand_over(
        rung(-14),
        post=config().posts["baku"],
        positions=config().positions,
        refused={email(position) for position in refused},
        known=set(),
    )

    assert handed is not None
    assert handed.to is not None
    assert (handed.to.position, handed.to.alarm, handed.to.state) == (told, alarm, "owed")
    assert handed.to.key == f"notice:2010:progress-report:AZE:v1:-14:{told}"
    assert handed.reason == f"no valid address; passed to {told}"


def test_a_stand_in_that_has_the_rung_already_gets_it_once() -> None:
    handed = hand_over(
        rung(-1),
        post=config().posts["baku"],
        positions=config().positions,
        refused={email(BAKU_OFFICER)},
        known={rung(-1, "baku.alternate").key},
    )

    assert handed is not None
    assert handed.to is None


def test_when_nobody_can_be_reached_the_notice_stays_owed_and_is_named() -> None:
    everybody = {
        (channel, address) for position in config().positions.values() for channel, address in position.addresses
    }

    decision = decide(situation(utc("2009-11-16 06:00"), [rung(1)], refused=everybody))

    assert [one.key for one in decision.unreachable] == [rung(1).key]
    assert decision.digests == []


def test_a_position_without_the_channel_is_reached_by_mail() -> None:
    assert valid_address(config().positions[BAKU_OFFICER], "slack", ()) == email(BAKU_OFFICER)


def test_what_a_stand_in_s_older_rung_replaced_goes_with_it() -> None:
    waiting = [replace(rung(days), key=f"passed on {days}", position="baku.alternate") for days in (-30, -14)]

    decision = decide(situation(utc("2009-11-09 06:00"), [*waiting, rung(-7)], refused={email(BAKU_OFFICER)}))

    (digest,) = decision.digests
    (told,) = digest.notices
    assert (told.days, told.position) == (-7, "baku.alternate")
    assert {one.days for one in digest.replaced[told.key]} == {-30, -14}


def test_outside_working_hours_a_notice_waits_for_the_next_opening() -> None:
    decision = decide(situation(utc("2009-11-06 04:59"), [rung(-7)]))

    assert decision.digests == []
    (held,) = decision.held
    assert held.until == utc("2009-11-06 05:00")


def test_a_reminder_whose_time_runs_out_goes_outside_hours_and_says_why() -> None:
    decision = decide(
        situation(utc("2009-11-14 08:00"), [rung(-1)])
    )  # Saturday; the next opening is after the deadline

    (digest,) = decision.digests
    assert "outside working hours" in digest.forced
    assert "2009-11-15T19:59:59Z" in digest.forced


@pytest.mark.parametrize(
    ("kind", "n"),
    [pytest.param("courtesy", [], id="routine waits"), pytest.param("statutory", [2], id="statutory goes as n+1")],
)
def test_a_second_message_on_one_day(kind: str, n: list[int]) -> None:
    sealed = {(BAKU_OFFICER, "email", date(2009, 11, 16)): (1, 1)}

    decision = decide(situation(utc("2009-11-16 06:00"), [rung(1, kind=kind)], sealed=sealed))

    assert [digest.n for digest in decision.digests] == n
    assert [held.until for held in decision.held] == ([] if n else [utc("2009-11-17 05:00")])


def test_two_countries_of_one_post_make_one_digest() -> None:
    senegal, guinea_bissau = obligation("SEN"), obligation("GNB")
    due = [one for owed in (senegal, guinea_bissau) for one in notices(owed) if one.days == -14]

    (digest,) = decide(situation(utc("2009-10-30 09:00"), due, senegal, guinea_bissau)).digests

    assert digest.key == "message:2010:dakar.action-officer:email:2009-10-30:1"
    assert [notice.country for notice in digest.notices] == ["GNB", "SEN"]


def test_the_date_in_a_message_key_is_the_recipient_s_own() -> None:
    fiji = obligation("VEN")
    due = [one for one in notices(fiji) if one.days == 1 and one.position == "caracas.action-officer"]

    (digest,) = decide(situation(utc("2009-11-16 21:00"), due, fiji)).digests

    assert digest.local_on == date(2009, 11, 16)


def test_what_was_answered_meanwhile_is_dropped() -> None:
    answered = obligation("AZE", standing="received")

    decision = decide(situation(utc("2009-11-16 06:00"), [rung(1)], answered))

    assert ([one.key for one in decision.dropped], decision.digests) == ([rung(1).key], [])


_DUE = [one for country in ("AZE", "SEN", "GNB", "LVA") for one in notices(obligation(country)) if one.days <= 1]


@settings(max_examples=60, deadline=None)
@given(st.permutations(_DUE))
def test_the_order_in_which_the_ledger_tells_things_does_not_matter(order: list[Notice]) -> None:
    countries = [obligation(country) for country in ("AZE", "SEN", "GNB", "LVA")]
    at = utc("2009-11-16 09:30")

    shuffled, plain = (decide(situation(at, owed, *countries)) for owed in (order, _DUE))

    assert [digest.key for digest in shuffled.digests] == [digest.key for digest in plain.digests]
    assert [digest.notices for digest in shuffled.digests] == [digest.notices for digest in plain.digests]
    for digest in shuffled.digests:
        assert len({(one.obligation, one.position) for one in digest.notices}) == len(digest.notices)
