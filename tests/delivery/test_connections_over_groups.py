"""One group after the other over the same connections: kept while they are up, left after a hundred mails."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import anyio
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.delivery.over_connections import TWENTY, mail_channel, sent
from tests.delivery.test_every_channel import message
from tests.delivery.test_faulty_answers import listening
from tests.receivers.limited import Door, LimitedMailbox
from tipcycle.delivery.connections import send_over_connections
from tipcycle.model.message import Receipt
from tipcycle.service.receivers.mailbox import Mailbox


def test_what_one_group_opened_serves_the_next(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port, connections=2, groups=4)

    assert mailbox.dialled == mailbox.left == 2
    assert [one.outcome for one in receipts] == ["accepted"] * 20


class _Turn(Door):
    async def _handle_client(self) -> None:
        mailbox: LimitedMailbox = self.event_handler
        while mailbox.open:
            await asyncio.sleep(0.01)
        await super()._handle_client()


class _Queueing(LimitedMailbox):
    """Greets the next one only when somebody left, as a server does whose processes are all at work."""

    door = _Turn


@pytest.mark.slow
def test_a_connection_that_was_not_granted_is_not_what_the_next_group_begins_with(tmp_path: Path) -> None:
    mailbox = _Queueing(tmp_path)
    with listening(mailbox):
        receipts = sent(TWENTY, mailbox.port, connections=2, groups=2)

    assert [one.outcome for one in receipts] == ["accepted"] * 20
    assert mailbox.most_at_once == 1


class _HangsUp(LimitedMailbox):
    """Says 421 to whoever is connected, and closes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.inside: set[SMTP] = set()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.inside.add(server)
        envelope.mail_from = address
        return "250 OK"

    def hang_up(self) -> None:
        """Once this returns they are closed, and nobody's event loop has heard of it."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._controller.loop).result(timeout=5)

    async def _hang_up(self) -> None:
        for server in self.inside:
            await server.push("421 4.4.2 idle for too long")
            assert server.transport is not None
            server.transport.close()


def test_a_mail_that_finds_its_connection_ended_is_offered_once_more(tmp_path: Path) -> None:
    mailbox = _HangsUp(tmp_path)
    receipts: list[Receipt] = []

    async def send() -> None:
        async with mail_channel(mailbox.port) as channel:
            await send_over_connections(channel, TWENTY[:10], receipts.append, most=10)
            mailbox.hang_up()
            await send_over_connections(channel, TWENTY[10:], receipts.append, most=10)

    with listening(mailbox):
        asyncio.run(send())

    assert len(mailbox.inside) == mailbox.dialled == 6
    assert [one.outcome for one in receipts] == ["accepted"] * 20
    assert dict(mailbox.accepted) == {one.key: 1 for one in TWENTY}


def test_a_connection_is_cut_where_taking_leave_is_cancelled(tmp_path: Path) -> None:
    mailbox = _SaysNoGoodbye(tmp_path)

    async def send() -> None:
        with anyio.move_on_after(1):
            async with mail_channel(mailbox.port, connections=2) as channel:
                await send_over_connections(channel, TWENTY, lambda _: None, most=20)
        assert await asyncio.to_thread(mailbox.nobody_is_in.wait, 5), "while the loop still runs"

    with listening(mailbox):
        asyncio.run(send())

    assert (mailbox.accepted.total(), mailbox.left) == (20, 0)


class _SaysNoGoodbye(LimitedMailbox):
    """Takes every mail and does not answer QUIT."""

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(60)
        return "221 too late"


class _TakesAHundred(LimitedMailbox):
    """Closes a connection that brings one more."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.brought: Counter[Session] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.brought[session] += 1
        if self.brought[session] > 100:
            return "421 4.7.0 too many mails"
        return await Mailbox.handle_DATA(self, server, session, envelope)


def test_a_connection_is_dialled_anew_after_a_hundred_mails(tmp_path: Path) -> None:
    messages = [message("email", n) for n in range(1, 121)]
    mailbox = _TakesAHundred(tmp_path)
    with listening(mailbox):
        receipts = sent(messages, mailbox.port, connections=1, groups=3)

    assert mailbox.dialled == 2
    assert [one.outcome for one in receipts] == ["accepted"] * 120
