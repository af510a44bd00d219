"""Every message of the next days: to whom, when, on which channel and in which words?

Plays the hourly tick and the step flows on a copy of the ledger, on which every message is taken as accepted; nothing
is sent and the ledger is only read. What is then really sent is the same wherever nothing else happens meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tipcycle.model.message import Message, Receipt
from tipcycle.operations.deliver import record_receipts
from tipcycle.operations.holds_in_force import without_held
from tipcycle.operations.leases import keyed_channels
from tipcycle.operations.plan_messages import plan_within
from tipcycle.operations.preview_steps import run_step_flows
from tipcycle.operations.tick import MOST_ROUNDS
from tipcycle.settings import instead, settings
from tipcycle.store import Store
from tipcycle.store.copy import copy_ledger
from tipcycle.store.store import forget

# What no preview foresees; told beside it.
NOT_FORESEEN = (
    "answers, clearances and other decisions of people in these days, and what a draft made in them asks its clearers"
)
_HOUR = timedelta(hours=1)
_HALF_AN_HOUR = timedelta(minutes=30)
_SENDER = "preview"


@dataclass(frozen=True)
class Planned:
    """A message as it will be sent at `at`, the moment of a tick or of a step flow."""

    at: datetime
    message: Message


def preview_messages(*, days: int, at: datetime, tell: Callable[[str], None] = lambda _: None) -> list[Planned]:
    """What goes out from `at` for so many days, in order of moment and key, for every open cycle.

    Ticks are those of deployment.yaml: each full hour, UTC. `tell` is given a line for each day that was played.
    """
    until, found = at + timedelta(days=days), list[Planned]()
    quiet_until = at
    with _copy() as url:
        for moment in _moments(at, until):
            ran, keys = run_step_flows(url, moment)
            sent = _accept(url, keys, moment)
            if moment.minute == 0 and (ran or moment >= quiet_until or _falls_due(url, moment)):
                told, quiet_until = _tick(url, moment)
                sent += told
            found += [Planned(moment, message) for message in sent]
            if (moment.hour, moment.minute) == (0, 0):
                tell(f"{moment:%Y-%m-%d}: {len(found)} messages so far")
    return sorted(found, key=lambda one: (one.at, one.message.key))


@contextmanager
def _copy() -> Iterator[str]:
    real = settings()
    with TemporaryDirectory(prefix="tipcycle-preview-") as folder:
        url = copy_ledger(real.ledger_url, Path(folder) / "copy.sqlite3")
        try:
            with instead(real.model_copy(update={"database_url": url})):
                yield url
        finally:
            forget(url)


def _moments(at: datetime, until: datetime) -> Iterator[datetime]:
    """Each full and half hour from `at` on; the ticks come at the full ones."""
    moment = at.replace(minute=0, second=0, microsecond=0)
    while moment <= until:
        if moment >= at:
            yield moment
        moment += _HALF_AN_HOUR


def _falls_due(url: str, at: datetime) -> bool:
    with Store.read(url) as store:
        return bool(store.notices.next_due(at - _HOUR, at))


def _tick(url: str, at: datetime) -> tuple[list[Message], datetime]:
    """What a tick sends at `at`, and what follows from its acceptance at once.

    And until when the next ticks can send nothing more unless something falls due: what is held back then is held until
    a moment that is known, or waits for another message.
    """
    every: list[Message] = []
    for _ in range(MOST_ROUNDS):
        with Store.begin(url) as store:
            plan = plan_within(store, at, store.clearances.stamp())
        sent = _accept(url, [key for batch in plan.batches for key in batch], plan.at)
        every += sent
        if not sent:
            break
    return every, at if every else plan.known_wake_at or at


def _accept(url: str, keys: Sequence[str], at: datetime) -> list[Message]:
    """Those of `keys` that would be sent now, as they are sealed; on the copy they are accepted."""
    if not keys:
        return []
    with Store.begin(url) as store:
        claimed = store.messages.claim(
            without_held(store, keys, at), owner=_SENDER, until_clock=at, honours_key=keyed_channels()
        )
        receipts = [Receipt(one.key, "accepted", _SENDER) for one in claimed]
        record_receipts(store, claimed, receipts, owner=_SENDER, at=at)
    return claimed
