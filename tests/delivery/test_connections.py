"""Several connections at once: no more than are allowed, none in vain, and none that takes what it cannot send."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import anyio
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.delivery.test_every_channel import message
from tests.delivery.test_faulty_answers import listening
from tipcycle.delivery import CHANNELS
from tipcycle.delivery.channel import Channel
from tipcycle.delivery.connections import send_over_connections
from tipcycle.delivery.patience import MOST_SILENCES, NOT_TRIED
from tipcycle.errors import StoreError
from tipcycle.model.message import Message, Receipt
from tipcycle.service.receivers.mailbox import Mailbox, free_port
from tipcycle.settings import Settings

_TWENTY = [message("email", n) for n in range(1, 21)]


class LimitedMailbox(Mailbox):
    """Lets in `granted` connections at once and greets others with 421.

    `dialled` and `most_at_once` count connections, `left` those that took their leave; `nobody_is_in` when all ended.
    """

    def __init__(self, folder: Path, *, granted: int = 99) -> None:
        super().__init__(folder)
        self.granted, self.open, self.dialled, self.most_at_once, self.left = granted, 0, 0, 0, 0
        self.nobody_is_in = threading.Event()
        self._controller = _Limited(self, hostname="127.0.0.1", port=free_port())

    def start(self) -> None:
        """Listen; the controller has then dialled once to see whether it does."""
        super().start()
        self.dialled = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take it after a moment, so that the others have time to come too."""
        await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Count it."""
        self.left += 1
        return "221 2.0.0 goodbye"


class _Limited(Controller):
    def factory(self) -> SMTP:
        return _Door(self.handler, **self.SMTP_kwargs)


class _Door(SMTP):
    """Counts whoever comes in, until they have gone."""

    async def _handle_client(self) -> None:
        mailbox: LimitedMailbox = self.event_handler
        mailbox.dialled += 1
        if mailbox.open >= mailbox.granted:
            await self.push("421 4.7.0 too many connections")
            assert self.transport is not None
            self.transport.close()
            return
        mailbox.open += 1
        mailbox.nobody_is_in.clear()
        mailbox.most_at_once = max(mailbox.most_at_once, mailbox.open)
        try:
            await super()._handle_client()
        finally:
            mailbox.open -= 1
            if not mailbox.open:
                mailbox.nobody_is_in.set()


def _sent(messages: Sequence[Message], port: int, *, connections: int = 3, groups: int = 1) -> list[Receipt]:
    """The messages as so many groups, one after the other, as a delivery sends them."""
    receipts: list[Receipt] = []
    size = len(messages) // groups

    async def send() -> None:
        async with _mail(port, connections=connections, timeout=5) as channel:
            for start in range(0, len(messages), size):
                group = messages[start : start + size]
                await send_over_connections(channel, group, receipts.append, most=size)

    asyncio.run(send())
    return receipts


def _send(channel: Channel, messages: Iterable[Message], answered: Callable[[Receipt], None]) -> None:
    async def send() -> None:
        async with channel:
            await send_over_connections(channel, messages, answered, most=20)

    asyncio.run(send())


def _mail(port: int, *, connections: int = 3, timeout: float = 30) -> Channel:
    settings = Settings(
        smtp_host="127.0.0.1", smtp_port=port, smtp_connections=connections, send_timeout_seconds=timeout
    )
    return CHANNELS["email"](settings)  # type: ignore[call-arg]


@pytest.mark.parametrize("connections", [1, 2, 3, 5])
def test_as_many_are_open_at_once_as_are_allowed_and_each_message_goes_once(tmp_path: Path, connections: int) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        receipts = _sent(_TWENTY, mailbox.port, connections=connections)

    assert mailbox.most_at_once == mailbox.dialled == connections
    assert {one.key for one in receipts} == {one.key for one in _TWENTY}
    assert {one.outcome for one in receipts} == {"accepted"}
    assert dict(mailbox.accepted) == {one.key: 1 for one in _TWENTY}


def test_a_server_that_grants_two_connections_gets_every_message_over_two(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path, granted=2)
    with listening(mailbox):
        receipts = _sent(_TWENTY, mailbox.port, connections=5)

    assert mailbox.most_at_once == 2
    assert mailbox.dialled > 2, "it was asked for another, and turned it away"
    assert [one.outcome for one in receipts] == ["accepted"] * 20


def test_a_server_that_is_away_is_dialled_by_one_connection_as_long_as_patience_lasts(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path, granted=0)
    with listening(mailbox):
        receipts = _sent(_TWENTY, mailbox.port)

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
        receipts = _sent(_TWENTY, mailbox.port)

    assert sorted(one.key for one in receipts) == sorted(one.key for one in _TWENTY)
    accepted = {one.key for one in receipts if one.outcome == "accepted"}
    assert accepted == set(mailbox.accepted)
    assert {one.outcome for one in receipts if one.key not in accepted} == {"not_sent"}


def test_one_message_is_handed_over_by_one_connection(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        _sent(_TWENTY[:1], mailbox.port)

    assert mailbox.dialled == 1


@pytest.mark.parametrize(("messages", "connections"), [(4, 1), (5, 2), (9, 3), (20, 3)])
def test_few_messages_are_not_worth_many_connections(tmp_path: Path, messages: int, connections: int) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        _sent(_TWENTY[:messages], mailbox.port)

    assert mailbox.dialled == connections


def test_what_one_group_opened_serves_the_next(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox):
        receipts = _sent(_TWENTY, mailbox.port, connections=2, groups=4)

    assert mailbox.dialled == mailbox.left == 2
    assert [one.outcome for one in receipts] == ["accepted"] * 20


class _Queueing(LimitedMailbox):
    """Greets the next one only when somebody left, as a server does whose processes are all at work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._controller = _Queue(self, hostname="127.0.0.1", port=free_port())


class _Queue(Controller):
    def factory(self) -> SMTP:
        return _Turn(self.handler, **self.SMTP_kwargs)


class _Turn(_Door):
    async def _handle_client(self) -> None:
        mailbox: LimitedMailbox = self.event_handler
        while mailbox.open:
            await asyncio.sleep(0.01)
        await super()._handle_client()


@pytest.mark.slow
def test_a_connection_that_was_not_granted_is_not_what_the_next_group_begins_with(tmp_path: Path) -> None:
    mailbox = _Queueing(tmp_path)
    with listening(mailbox):
        receipts = _sent(_TWENTY, mailbox.port, connections=2, groups=2)

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
        async with _mail(mailbox.port) as channel:
            await send_over_connections(channel, _TWENTY[:10], receipts.append, most=10)
            mailbox.hang_up()
            await send_over_connections(channel, _TWENTY[10:], receipts.append, most=10)

    with listening(mailbox):
        asyncio.run(send())

    assert len(mailbox.inside) == mailbox.dialled == 6
    assert [one.outcome for one in receipts] == ["accepted"] * 20
    assert dict(mailbox.accepted) == {one.key: 1 for one in _TWENTY}


def test_a_connection_is_cut_where_taking_leave_is_cancelled(tmp_path: Path) -> None:
    mailbox = _SaysNoGoodbye(tmp_path)

    async def send() -> None:
        with anyio.move_on_after(1):
            async with _mail(mailbox.port, connections=2) as channel:
                await send_over_connections(channel, _TWENTY, lambda _: None, most=20)
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
        receipts = _sent(messages, mailbox.port, connections=1, groups=3)

    assert mailbox.dialled == 2
    assert [one.outcome for one in receipts] == ["accepted"] * 120


def test_an_outcome_that_cannot_be_noted_ends_every_connection(tmp_path: Path) -> None:
    begun: list[str] = []

    def begin_each() -> Iterator[Message]:
        for one in _TWENTY:
            begun.append(one.key)
            yield one

    def full(receipt: Receipt) -> None:
        noted.append(receipt)
        if len(noted) == 6:
            raise StoreError("no space left")

    noted: list[Receipt] = []
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), pytest.raises(StoreError, match="no space left"):
        _send(_mail(mailbox.port), begin_each(), full)

    assert len(begun) <= 6 + 2, "the other two had begun one message each, and began no other"
    assert len(noted) == len(begun), "and were heard out"


def test_an_error_keeps_its_cause(tmp_path: Path) -> None:
    def fails(_: Receipt) -> None:
        raise StoreError("cannot be written") from OSError("no space left")

    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), pytest.raises(StoreError) as raised:
        _send(_mail(mailbox.port), _TWENTY, fails)

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
        receipts = _sent(_TWENTY, mailbox.port)

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
            asyncio.run(_within(1, _mail(mailbox.port, timeout=30)))

    assert time.monotonic() - began < 5, "not the 30 s that an answer may take"


async def _within(seconds: float, channel: Channel) -> None:
    with anyio.fail_after(seconds):
        async with channel:
            await send_over_connections(channel, _TWENTY, lambda _: None, most=20)
