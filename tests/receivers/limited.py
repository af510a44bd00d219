"""A mailbox that counts who comes in, and lets in no more than it grants."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tipcycle.service.receivers.mailbox import Mailbox, free_port


class Door(SMTP):
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


class LimitedMailbox(Mailbox):
    """Lets in `granted` connections at once and greets others with 421.

    `dialled` and `most_at_once` count connections, `left` those that took their leave; `nobody_is_in` when all ended.
    """

    door: type[SMTP] = Door

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
        door: SMTP = self.handler.door(self.handler, **self.SMTP_kwargs)
        return door
