"""A cycle that a test can fast-forward: its own folder and ledger, receivers on loopback that keep what they got."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.context import context
from tipcycle.operations.deliver import deliver
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.operations.take_in import TakenIn, files_to_take_in, take_in_each
from tipcycle.operations.tick import TickReport, tick
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.store import forget

YEAR = 2010


def utc(text: str) -> datetime:
    """`2009-11-16 14:00` as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_and_clear() -> None:
    """The same as the story's, in the ledger that the environment names."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    clear_documents(YEAR, decision="cleared", position="gtip.director", at=utc("2009-09-18 12:00"), preview=False)


def open_and_ask() -> None:
    """The same as the story's, over the receivers that the environment names."""
    open_and_clear()
    at = utc("2009-09-21 14:00")
    for _, countries in owed_requests(YEAR, at).by_post:
        asyncio.run(send_action_requests(YEAR, countries, at))


class Story:
    """`mailbox`, `slack` and `gateway` keep what was accepted, by key."""

    def __init__(self, folder: Path, mailbox: Mailbox, slack: SlackReceiver, gateway: GatewayReceiver) -> None:
        self.folder, self.mailbox, self.slack, self.gateway = folder, mailbox, slack, gateway

    def open_and_clear(self) -> None:
        """Open the cycle, record the list and clear every action request; nothing is sent."""
        open_and_clear()

    def open_and_ask(self) -> None:
        """Open the cycle, record the list and send the action requests, each on its planned day; no tick."""
        open_and_ask()

    def tick(self, at: datetime) -> TickReport:
        """One tick."""
        return asyncio.run(tick(at))

    def tick_hourly(self, first: datetime, last: datetime) -> None:
        """A tick at each full hour, as in production."""
        self.tick_every(1, first, last)

    def tick_every(self, hours: int, first: datetime, last: datetime) -> None:
        """The same with longer pauses, which change nothing but the hour of a message."""
        at = first
        while at <= last:
            self.tick(at)
            at += timedelta(hours=hours)

    def drop(self, name: str, form: dict[str, object] | bytes) -> None:
        """Lay a submission file into the inbox."""
        inbox = settings().inbox
        inbox.mkdir(parents=True, exist_ok=True)
        content = form if isinstance(form, bytes) else (yaml.safe_dump(form) + "...\n").encode()
        (inbox / name).write_bytes(content)

    def take_in(self, at: datetime) -> list[TakenIn]:
        """Take in whatever lies in the inbox."""
        intake = take_in_each(files_to_take_in(), at)
        if intake.problems:
            raise AssertionError(intake.problems)
        return list(intake.taken)

    def report_every_demarche(self, at: datetime, *, but: str = "") -> None:
        """Let every post have reported the delivery of its non-papers; a country that was not asked is left out."""
        config = context(YEAR).config
        with Store.read(settings().ledger_url) as store:
            listed = [entry for entry in store.cycles.special_watch_list(YEAR) if entry.iso3 != but]
        for entry in listed:
            post = config.post_for(entry.iso3)
            delivered = {
                "delivered_on": "2009-10-01",
                "level": "minister",
                "officials": ["Minister of Justice"],
                "reaction": "Made up.",
            }
            form = progress_report(entry.iso3, post.name, step="demarche", demarche=delivered, items=[])
            self.drop(f"{entry.iso3}.yaml", form | {"submitted_by": f"{post.id}.action-officer"})
        refused = [taken.line for taken in self.take_in(at) if taken.outcome != "accepted"]
        if refused:
            raise AssertionError(refused)

    def deliver_receipts(self, at: datetime) -> None:
        """Let every receipt go out, without a tick."""
        with Store.read(settings().ledger_url) as store:
            keys = store.messages.keys_like(f"message:{YEAR}:receipt:")
        asyncio.run(deliver(keys, at))

    def sent(self) -> Counter[str]:
        """Every accepted reminder and escalation, by key; action requests and digests to bureaus are left out."""
        every = self.mailbox.accepted + self.slack.accepted
        return Counter({key: times for key, times in every.items() if ":bureau-digest:" not in key})

    def told_bureaus(self) -> Counter[str]:
        """Every accepted digest to a bureau, by key."""
        return Counter({key: times for key, times in self.mailbox.accepted.items() if ":bureau-digest:" in key})

    def sent_to(self, position: str) -> list[str]:
        """The keys of what one position got, in order."""
        return sorted(key for key in self.sent() if key.split(":")[2] == position)

    def notices(self, obligation: str) -> dict[tuple[int, str], tuple[str, str]]:
        """State and reason of an obligation's notices, by rung and position."""
        with Store.read(settings().ledger_url) as store:
            found = store.notices.of_obligations([f"obligation:{YEAR}:{obligation}"])
        return {(one.days, one.position): (one.state, one.reason) for one in found}

    def counts(self) -> dict[str, int]:
        """How many notices are in each state."""
        with Store.read(settings().ledger_url) as store:
            return {str(state): count for state, count in store.notices.counts(YEAR).items()}


@contextmanager
def story(
    folder: Path,
    *,
    rehearsal: bool = False,
    mailbox: Mailbox | None = None,
    slack: SlackReceiver | None = None,
    gateway: GatewayReceiver | None = None,
    ledger: Path | None = None,
    database: str = "",
) -> Iterator[Story]:
    """A new ledger (or a copy of `ledger`, or what is at the address `database`) and its receivers.

    The environment is as it was afterwards.
    """
    mailbox = mailbox or Mailbox(folder / "mails")
    slack, gateway = slack or SlackReceiver(folder / "slack"), gateway or GatewayReceiver(folder / "cables")
    before = dict(os.environ)
    for receiver in (mailbox, slack.web, gateway.web):
        receiver.start()
    os.environ.update(
        {
            "TIPCYCLE_VAR_DIR": str(folder),
            "TIPCYCLE_DATABASE_URL": database,
            "TIPCYCLE_SMTP_HOST": "127.0.0.1",
            "TIPCYCLE_SMTP_PORT": str(mailbox.port),
            "TIPCYCLE_SLACK_URL": slack.url,
            "TIPCYCLE_SLACK_TOKEN": "test",
            "TIPCYCLE_GATEWAY_URL": gateway.url,
            "TIPCYCLE_INBOX_SETTLE_SECONDS": "0",
        }
    )
    try:
        if ledger:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ledger, folder / "tipcycle.sqlite3")
        Store.create(settings().ledger_url, rehearsal=rehearsal)
        yield Story(folder, mailbox, slack, gateway)
    finally:
        forget(settings().ledger_url)
        os.environ.clear()
        os.environ.update(before)
        for receiver in (mailbox, slack.web, gateway.web):
            receiver.stop()


def progress_report(country: str, post: str, **changed: object) -> dict[str, object]:
    """A small acceptable progress report; every plan has HP1 but those of countries that moved up."""
    form: dict[str, object] = {
        "tipcycle": "submission/1",
        "report_year": YEAR,
        "step": "progress-report",
        "country": country,
        "post": post,
        "submitted_by": f"{post.lower()}.action-officer",
        "items": [{"id": "HP1", "status": "begun", "narrative": "Made up for a test."}],
    }
    return form | changed
