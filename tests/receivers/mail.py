"""A mailbox with a fault for each address that has one; everything else is taken and kept as usual."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.receivers.faults import KEPT, UNKNOWABLE, Fault, Plan
from tipcycle.service.receivers.mailbox import Mailbox, free_port


class FaultyMailbox(Mailbox):
    """`done` counts the faults that really came about; while `busy` is set, addresses with that fault get a 451.

    `arrived` holds the keys in the order in which mails were kept, `unknowable` those of which no sender can know.
    """

    def __init__(self, folder: Path, plan: Plan, *, stall_seconds: float = 30, **controller: Any) -> None:
        super().__init__(folder)
        self.busy = True
        self.done: Counter[Fault] = Counter()
        self.arrived: list[str] = []
        self.unknowable: set[str] = set()
        self._plan, self._stall_seconds = plan, stall_seconds
        self._had: set[str] = set()
        self._ended = asyncio.Event()
        if controller:
            self._controller = Controller(self, hostname="127.0.0.1", port=free_port(), **controller)

    def stop(self) -> None:
        """Let whoever stalls go on, and stop."""
        if self._controller.loop.is_running():
            self._controller.loop.call_soon_threadsafe(self._ended.set)
        super().stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """What goes wrong at the address."""
        fault = self._plan.get(address)
        if fault == "busy" and self.busy:
            self.done["busy"] += 1
            return "451 4.7.1 come back later"
        if fault == "gone":
            self.done["gone"] += 1
            return "550 5.1.1 nobody of that name"
        if fault == "hang up" and self._first(address, fault):
            _hang_up(server)
        if fault == "stall" and self._first(address, fault):
            await self._stall()
        if fault == "slow" and self._first(address, fault):
            await asyncio.sleep(0.02)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """What goes wrong at the text; a mail that is kept is kept before it goes wrong."""
        (address,) = envelope.rcpt_tos
        fault = self._plan.get(address)
        if fault == "full" and self._first(address, fault):
            return "452 4.3.1 no room left"
        if fault in UNKNOWABLE and self._first(address, fault):
            self.unknowable.add(_key(envelope))
            if fault in KEPT:
                await self._keep(server, session, envelope)
            if fault == "stall at the end":
                await self._stall()
            _hang_up(server)
            return "421 4.3.0 never read by anybody"
        return await self._keep(server, session, envelope)

    async def _keep(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.arrived.append(_key(envelope))
        return answer

    async def _stall(self) -> None:
        try:
            await asyncio.wait_for(self._ended.wait(), self._stall_seconds)
        except TimeoutError:
            return

    def _first(self, address: str, fault: Fault) -> bool:
        if address in self._had:
            return False
        self._had.add(address)
        self.done[fault] += 1
        return True


def _key(envelope: Envelope) -> str:
    content = envelope.content
    assert isinstance(content, bytes)
    (line,) = (one for one in content.splitlines() if one.startswith(b"X-Tipcycle-Key: "))
    return line.partition(b": ")[2].decode()


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.close()
