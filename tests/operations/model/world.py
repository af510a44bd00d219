"""A small cycle on a ledger of its own, and a mail server on loopback that can be told to misbehave."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.operations.model.reckoning import OWED, Mail
from tests.smoke.story import YEAR
from tipcycle.delivery.journal import Journal
from tipcycle.delivery.patience import MOST_SILENCES
from tipcycle.delivery.route import open_channels
from tipcycle.model.message import Message
from tipcycle.operations.context import context
from tipcycle.operations.leases import Lease, journal_path, keyed_channels
from tipcycle.operations.obligation_life import compile_countries, open_obligations
from tipcycle.operations.plan_messages import plan_messages, plan_within
from tipcycle.operations.tick import tick
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.store import forget


class MoodyMailbox(Mailbox):
    """`mood` is up, down (turns mail away for now), keeps or drops (hangs up after DATA, with the mail or not)."""

    mood = "up"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hung_up_on: set[str] = set()  # keys, in this tick
        self.turned_away: Counter[str] = Counter()  # addresses, in this tick

    def becomes(self, mood: str) -> None:
        """From the next tick on."""
        self.mood, self.hung_up_on, self.turned_away = mood, set(), Counter()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Count who was turned away: of a closed mailbox that nobody tried, nobody learns that it is closed."""
        said = await super().handle_RCPT(server, session, envelope, address, options)
        if not said.startswith("250"):
            self.turned_away[address] += 1
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, or not, and say so, or not."""
        if self.mood == "down":
            return "451 4.3.0 come back later"
        if self.mood != "drops":
            said = await super().handle_DATA(server, session, envelope)
            if self.mood == "up":
                return said
        content: Any = envelope.content
        self.hung_up_on.add(str(message_from_bytes(content)["X-Tipcycle-Key"]))
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return "421 never read"

    def outcome(self, mail: Mail) -> str:
        """What the reckoning is told of a mail; Slack is the outbox here, which takes everything.

        Three mails in a row without an answer, those to bureaus too, and the rest of the tick's group is not tried:
        the server knows which ones it saw. It turned away as many of an address as it was asked to take, the oldest
        first, so this is asked once for each mail, in that order.
        """
        if mail.channel == "slack":
            return "accepted"
        if mail.address in self.refused:
            self.turned_away[mail.address] -= 1
            return "refused" if self.turned_away[mail.address] >= 0 else "not_sent"
        tried = mail.key in self.hung_up_on or len(self.hung_up_on) < MOST_SILENCES
        return {"up": "accepted", "down": "not_sent"}.get(self.mood, "unknown" if tried else "not_sent")


class World:
    """One example's ledger; what was kept is counted by key."""

    def __init__(self, folder: Path, mailbox: MoodyMailbox) -> None:
        self.folder, self.mailbox = folder, mailbox
        self._rows = sqlite3.connect(folder / "tipcycle.sqlite3")

    def tick(self, at: datetime) -> None:
        asyncio.run(tick(at))

    def stop_after_sealing(self, at: datetime) -> None:
        """The process ends between the two halves of a tick."""
        plan_messages(at)

    def abandon(self, at: datetime) -> None:
        """The process ends before a tick's transaction is over."""
        with Store.begin(settings().ledger_url) as store:
            plan_within(store, at, store.clearances.stamp())
            raise EndsHereError

    def die_while_sending(self, at: datetime, *, after: int, noted: bool) -> dict[str, str]:
        """The process ends once the receiver had its `after`-th mail, `noted` in the journal or not: fates by key."""
        keys = [key for batch in plan_messages(at).batches for key in batch]
        owner = Lease().owner
        with Store.begin(settings().ledger_url) as store:
            claimed = store.messages.claim(keys, owner=owner, until_clock=at, honours_key=keyed_channels())
        return asyncio.run(_send_some(claimed, owner, after=after, noted=noted)) if claimed else {}

    def kept(self) -> Counter[str]:
        """Every mail that the server kept, by key."""
        return self.mailbox.accepted

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the ledger's file says, read past the product's own code."""
        return self._rows.execute(query).fetchall()

    def close(self) -> None:
        self._rows.close()


class EndsHereError(Exception):
    """Stands for the end of a process."""


async def _send_some(claimed: list[Message], owner: str, *, after: int, noted: bool) -> dict[str, str]:
    fates = {message.key: "not_begun" for message in claimed}
    journal = Journal(journal_path(owner))
    async with open_channels(settings()) as channels:
        for number, message in enumerate(claimed[:after], 1):
            async for receipt in channels[message.channel].send(journal.begin_each([message])):
                if noted or number < after:
                    journal.answered(receipt)
                    fates[receipt.key] = receipt.outcome
                else:
                    fates[receipt.key] = "unknown"
    return fates


@contextmanager
def mail_server(folder: Path) -> Iterator[MoodyMailbox]:
    """One server for many examples."""
    mailbox = MoodyMailbox(folder / "mails")
    mailbox.start()
    try:
        yield mailbox
    finally:
        mailbox.stop()


def first_ledger(folder: Path, at: datetime, *, owed: Collection[tuple[str, str]] = tuple(OWED)) -> Path:
    """A ledger in which four posts were asked for seven reports, or `owed`; the Department owes nothing in it."""
    url = f"sqlite:///{folder / 'first.sqlite3'}"
    Store.create(url)
    cycle = context(YEAR)
    with Store.begin(url) as store:
        store.cycles.open(YEAR, at)
        store.cycles.record_list(YEAR, [], at)
        for step in {step for step, _ in owed}:
            asked = compile_countries(store, cycle, step, [country for one, country in owed if one == step])
            open_obligations(store, cycle, asked, at=at)
    forget(url)
    return folder / "first.sqlite3"


@contextmanager
def world(first: Path, mailbox: MoodyMailbox) -> Iterator[World]:
    """A copy of that ledger in a folder of its own; the environment is as it was afterwards."""
    before = dict(os.environ)
    with TemporaryDirectory(prefix="tipcycle-model-", dir=first.parent) as name:
        folder = Path(name)
        shutil.copyfile(first, folder / "tipcycle.sqlite3")
        os.environ |= {
            "TIPCYCLE_VAR_DIR": name,
            "TIPCYCLE_DATABASE_URL": "",
            "TIPCYCLE_SMTP_HOST": "127.0.0.1",
            "TIPCYCLE_SMTP_PORT": str(mailbox.port),
            "TIPCYCLE_SLACK_TOKEN": "",
            "TIPCYCLE_GATEWAY_URL": "",
            "TIPCYCLE_INBOX_SETTLE_SECONDS": "0",
        }
        mailbox.accepted.clear()
        mailbox.refused.clear()
        mailbox.mood = "up"
        made = World(folder, mailbox)
        try:
            yield made
        finally:
            made.close()
            forget(settings().ledger_url)
            os.environ.clear()
            os.environ.update(before)
