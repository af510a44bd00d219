"""A tick with nothing to do is one look at the ledger; whatever there is to do or to raise is never overlooked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.smoke.story import YEAR, Story, utc
from tipcycle.model.answer import Answer
from tipcycle.model.message import Message
from tipcycle.operations.find_neglected import find_neglected
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.settings import settings
from tipcycle.store import Store

AT = utc("2009-10-06 12:00")
REPORT = "obligation:2010:progress-report:AZE"
MAIL = Message(
    key="message:2010:receipt:made-up",
    report_year=YEAR,
    position="baku.action-officer",
    channel="email",
    address="baku.action-officer@posts.example",
    local_on=date(2009, 10, 6),
    n=0,
    subject="Made up",
    body="Made up.",
    sealed_at=AT - timedelta(hours=1),
    message_id="<made-up@tipcycle.example>",
)


@pytest.fixture(autouse=True)
def told_this_week(asked: Story) -> None:
    """The bureaus had their digest on Monday; what was owed by then is out."""
    asked.tick(AT - timedelta(hours=21))


def _idle(at: datetime) -> bool:
    with Store.read(settings().ledger_url) as store:
        return store.nothing_to_do(at)


def _a_notice_falls_due(store: Store) -> None:
    notice = next(one for one in store.notices.of_obligations([REPORT]) if one.state == "owed")
    store.notices.add([replace(notice, key=f"{notice.key}.made-up", due_at=AT)])


def _a_message_was_sealed(store: Store) -> None:
    store.messages.seal(MAIL)


def _a_sender_holds_a_message(store: Store) -> None:
    store.messages.seal(MAIL)
    store.messages.claim([MAIL.key], owner="elsewhere:1:x", until_clock=datetime.now(UTC), honours_key=())


def _an_outcome_is_unknown(store: Store) -> None:
    store.messages.seal(replace(MAIL, state="unknown", attempts=1, statutory=True))


def _a_post_says_that_it_is_the_wrong_office(store: Store) -> None:
    store.answers.add(Answer("answer:made-up:01", REPORT, "baku.alternate", "wrong_office", None, "", "link", 1, AT))


def _a_bureau_is_to_be_told(store: Store) -> None:
    store.cycles.tell_bureaus_from(YEAR, AT)


def _another_cycle_calls_the_roll(store: Store) -> None:
    store.cycles.open(2011, AT)


@pytest.mark.parametrize(
    "happens",
    [
        _a_notice_falls_due,
        _a_message_was_sealed,
        _a_sender_holds_a_message,
        _an_outcome_is_unknown,
        _a_post_says_that_it_is_the_wrong_office,
        _a_bureau_is_to_be_told,
        _another_cycle_calls_the_roll,
    ],
)
def test_whatever_there_is_to_do_or_to_raise_is_seen(asked: Story, happens: Callable[[Store], None]) -> None:
    assert _idle(AT)

    with Store.begin(settings().ledger_url) as store:
        happens(store)

    assert not _idle(AT)


def test_an_idle_tick_still_counts_as_the_last_one(asked: Story) -> None:
    plan = plan_messages(AT)

    assert (plan.at, plan.batches, plan.wake_at, plan.unreachable) == (AT, (), None, ())
    with Store.read(settings().ledger_url) as store:
        assert store.last_tick_at() == AT


def test_at_no_hour_of_a_fortnight_is_anything_left_when_the_ledger_looks_idle(asked: Story) -> None:
    at, idle = utc("2009-10-12 00:00"), 0
    while at < utc("2009-10-26 00:00"):
        if _idle(at):
            idle += 1
            assert find_neglected(YEAR, at) == []
        asked.tick(at)
        at += timedelta(hours=1)

    assert 0 < idle < 14 * 24
