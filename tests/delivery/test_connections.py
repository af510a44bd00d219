"""Several connections at once: no more than are allowed, none in vain, and none that takes what it cannot send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import anyio
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.delivery.over_connections import TWENTY, mail_channel, sent
from tests.delivery.test_faulty_answers import listening
from tests.receivers.limited import LimitedMailbox
from tipcycle.delivery.channel import Channel
from tipcycle.delivery.connections import send_over_connections
from tipcycle.delivery.patience import MOST_SILENCES, NOT_TRIED
from tipcycle.errors import StoreError
from tipcycle.model.message import Message, Receipt


def _send(channel: Channel, messages: Iterable[Message], answered: Callable[[Receipt], None]) -> None:
    async def send() -> None:
        async with channel:
            await send_over_connections(channel, messages, answered, most=20)

    asyncio.run(send())


@pytest.mark.parametrize("connections", [1, 2, 3, 5])
def test_as_many_are_open_at_once_as_are_allowed_and_each_message_goes_once(tmp_path: Path, connections: int) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port, connections=connections)

    assert mailbox.most_at_once == mailbox.dialled == connections
    assert {one.key for one in receipts} == {one.key for one in TWENTY}
    assert {one.outcome for one in receipts} == {"accepted"}
    assert dict(mailbox.accepted) == {one.key: 1 for one in TWENTY}


def test_a_server_that_grants_two_connections_gets_every_message_over_two(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path, granted=2)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port, connections=5)

    assert mailbox.most_at_once == 2
    assert mailbox.dialled > 2, "it was asked for another, and turned it away"
    assert [one.outcome for one in receipts] == ["accepted"] * 20


def test_a_server_that_is_away_is_dialled_by_one_connection_as_long_as_patience_lasts(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path, granted=0)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port)

    assert mailbox.dialled == MOST_SILENCES
    assert [one.outcome for one in receipts] == ["not_sent"] * 20
    assert [one.detail for one in receipts[MOST_SILENCES:]] == [NOT_TRIED] * (20 - MOST_SILENCES)


class _ClosesAfter(LimitedMailbox):
    """Lets nobody in any more once it took `most` mails, and hangs up on whoever is there."""

    most = 8

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.accepted.total() >= self.most:
            self.granted = 0
            assert server.transport is not None
            server.transport.close()
        envelope.mail_from = address
        return "250 OK"


def test_when_every_connection_is_lost_each_message_still_has_its_receipt(tmp_path: Path) -> None:
    mailbox = _ClosesAfter(tmp_path)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port)

    assert sorted(one.key for one in receipts) == sorted(one.key for one in TWENTY)
    accepted = {one.key for one in receipts if one.outcome == "accepted"}
    assert accepted == set(mailbox.accepted)
    assert {one.outcome for one in receipts if one.key not in accepted} == {"not_sent"}


def test_one_message_is_handed_over_by_one_connection(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        sent(TWENTY[:1], mailbox.port)

    assert mailbox.dialled == 1


@pytest.mark.parametrize(("messages", "connections"), [(4, 1), (5, 2), (9, 3), (20, 3)])
def test_few_messages_are_not_worth_many_connections(tmp_path: Path, messages: int, connections: int) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        sent(TWENTY[:messages], mailbox.port)

    assert mailbox.dialled == connections


def test_an_outcome_that_cannot_be_noted_ends_every_connection(tmp_path: Path) -> None:
    begun: list[str] = []

    def begin_each() -> Iterator[Message]:
        for one in TWENTY:
            begun.append(one.key)
            yield one

    def full(receipt: Receipt) -> None:
        noted.append(receipt)
        if len(noted) == 6:
            raise StoreError("no space left")

    noted: list[Receipt] = []
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), pytest.raises(StoreError, match="no space left"):
        _send(mail_channel(mailbox.port), begin_each(), full)

    assert len(begun) <= 6 + 2, "the other two had begun one message each, and began no other"
    assert len(noted) == len(begun), "and were heard out"


def test_an_error_keeps_its_cause(tmp_path: Path) -> None:
    def fails(_: Receipt) -> None:
        raise StoreError("cannot be written") from OSError("no space left")

    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), pytest.raises(StoreError) as raised:
        _send(mail_channel(mailbox.port), TWENTY, fails)

    assert isinstance(raised.value.__cause__, OSError)


class _Restarts(LimitedMailbox):
    """Hangs up on everybody once, when it took a few, as a server does that is started anew."""

    began_again = False

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.inside: list[Session] = []
        self.cut_off: set[Session] = set()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.accepted.total() >= 6 and not self.began_again:
            self.began_again = True
            self.cut_off = set(self.inside)
        if session in self.cut_off:
            assert server.transport is not None
            server.transport.close()
        elif session not in self.inside:
            self.inside.append(session)
        envelope.mail_from = address
        return "250 OK"


def test_a_server_that_is_started_anew_gets_the_rest_at_once(tmp_path: Path) -> None:
    mailbox = _Restarts(tmp_path)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port)

    assert len(mailbox.cut_off) == 3
    assert [one.outcome for one in receipts].count("accepted") >= 20 - 3
    assert NOT_TRIED not in {one.detail for one in receipts}


class _FallsSilent(LimitedMailbox):
    """Takes a text and says nothing more."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(60)
        return "250 too late"


def test_a_task_that_is_cancelled_does_not_wait_for_a_silent_server(tmp_path: Path) -> None:
    mailbox = _FallsSilent(tmp_path)
    with listening(mailbox):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            asyncio.run(_within(1, mail_channel(mailbox.port, timeout=30)))

    assert time.monotonic() - began < 5, "not the 30 s that an answer may take"


async def _within(seconds: float, channel: Channel) -> None:
    with anyio.fail_after(seconds):
        async with channel:
            await send_over_connections(channel, TWENTY, lambda _: None, most=20)
