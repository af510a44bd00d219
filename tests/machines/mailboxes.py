"""Receivers that see to it that two senders really are at work at once."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tipcycle.service.receivers.mailbox import Mailbox


class MeetingMailbox(Mailbox):
    """After `meet`, answers nobody's first mail before so many senders came with one; TIPCYCLE_MAIL_FROM names them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.of_sender: Counter[str] = Counter()
        self._senders = 0

    def meet(self, senders: int) -> None:
        """Begin to wait for so many."""
        self.of_sender.clear()
        self._senders = senders

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.of_sender[str(envelope.mail_from)] += 1
        while len(self.of_sender) < self._senders:
            await asyncio.sleep(0.01)
        return answer


class HeldMailbox(Mailbox):
    """Takes mails, and once `hold_after` was called keeps its answer to that mail back until `release`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.held = threading.Event()
        self._left = 0
        self._released = threading.Event()
        self._released.set()

    def hold_after(self, mails: int) -> None:
        """Let so many mails through, and hold the next one."""
        self._left = mails + 1
        self.held.clear()
        self._released.clear()

    def release(self) -> None:
        """Go on as an ordinary mailbox."""
        self._left = 0
        self._released.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self._left -= 1
        if self._left == 0:
            self.held.set()
            while not self._released.is_set():
                await asyncio.sleep(0.01)
        return answer
