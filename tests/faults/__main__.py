"""The long days: 5,000 mails, 10,000 courtesies, a whole deadline by the hour. Writes var/reliability/faults.json."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

from tests.faults.lock_day import play_lock_day
from tests.faults.mail_day import play_mail_day
from tests.faults.rungs_day import play_rungs_day
from tests.faults.starving import STATUTORY, play_queue
from tests.faults.web_day import play_web_day
from tests.ledgers import ask
from tests.receivers.faults import Fault
from tests.receivers.web import WebFault
from tests.reliability.findings import write_findings
from tests.smoke.story import story
from tipcycle.settings import ROOT

_COLUMNS = ["day", "what was sent", "faults", "unknown: injected", "listed", "lost", "doubled beyond unknown", "holds"]
_MAIL: dict[Fault, int] = {
    "busy": 500,
    "full": 50,
    "gone": 60,
    "hang up": 80,
    "drop": 60,
    "lose": 40,
    "stall": 5,
    "stall at the end": 5,
    "slow": 100,
}
_SLACK: dict[WebFault, int] = {
    "too many": 5,
    "too many for long": 5,
    "broken": 10,
    "broken after": 10,
    "away": 20,
    "bad token": 30,
    "page": 5,
    "stall at the end": 3,
}
_GATEWAY: dict[WebFault, int] = {fault: times for fault, times in _SLACK.items() if fault != "page"}
_WAIT_S = 30  # as long as a writer waits for another (docs/operations.md)
Row = list[str | int]


def main() -> int:
    """Play every day, print and write a row for each; 1 where one of them did not hold."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for row in _days(Path(folder)):
            print(" · ".join(str(cell) for cell in row), flush=True)
            rows.append(row)
    target = write_findings("faults", title="Receivers that fail", source="make faults", columns=_COLUMNS, rows=rows)
    print(f"written: {target.relative_to(ROOT)}")
    return 0 if all(row[-1] == "yes" for row in rows) else 1


def _days(folder: Path) -> Iterator[Row]:
    yield _mail(folder / "mail")
    yield from (_rungs(folder, seed) for seed in (1, 2, 3))
    yield _queue(folder / "queue")
    yield _web(folder / "slack", "slack", idempotent=True)
    yield _web(folder / "gateway", "cable", idempotent=True)
    yield _web(folder / "forgetful-gateway", "cable", idempotent=False)
    yield from (_lock(folder, held_s) for held_s in (25, 35))


def _mail(folder: Path) -> Row:
    day = play_mail_day(folder, 5_000, _MAIL, seed=7, time_out=3)
    well = sorted(day.listed) == sorted(day.unknowable) and not (
        day.lost or day.not_as_they_must_be or day.broken or day.unmarked or day.passed_on_later
    )
    return [
        "a bad day of mail; 60 boxes are gone and their stand-ins told in the same tick",
        f"{day.mails:,} mails",
        sum(day.came_about.values()),
        len(day.unknowable),
        len(day.listed),
        len(day.lost),
        len(day.doubled_beyond_unknown),
        _yes(well and not day.doubled_beyond_unknown),
    ]


def _asked(folder: Path) -> Path:
    ledger = folder / "asked.sqlite3"
    if not ledger.exists():
        with story(folder / "asked") as cycle:
            ask(cycle)
            with sqlite3.connect(cycle.folder / "tipcycle.sqlite3") as source, sqlite3.connect(ledger) as target:
                source.backup(target)
    return ledger


def _rungs(folder: Path, seed: int) -> Row:
    day = play_rungs_day(folder / f"rungs-{seed}", _asked(folder), seed=seed, every=timedelta(hours=1))
    wrong = len(day.out_of_order) + len(day.unreached) + len(day.watchman)
    return [
        f"a deadline by the hour, seed {seed}; {len(day.out_of_order)} rungs out of order",
        f"{day.accepted:,} reminders and escalations",
        sum(day.came_about.values()),
        len(day.injected),
        len(day.unknown),
        len(day.watchman),
        len(day.doubled),
        _yes(not wrong and not day.doubled and day.unknown == day.injected),
    ]


def _queue(folder: Path) -> Row:
    queue = play_queue(folder, 10_000, stalling=3, time_out=2)
    return [
        f"{STATUTORY} statutory mails sealed after the others; the last of them arrived as number {queue.place}",
        f"{queue.courtesies:,} courtesies",
        queue.stalls,
        0,
        0,
        queue.lost,
        0,
        _yes(queue.place == STATUTORY and queue.lost == 0),
    ]


def _web(folder: Path, channel: Literal["slack", "cable"], *, idempotent: bool) -> Row:
    shares = _SLACK if channel == "slack" else _GATEWAY
    day = play_web_day(folder, channel, 500, shares, seed=7, time_out=3, idempotent=idempotent)
    beyond = day.doubled - set(day.listed)
    what = {"slack": "a bad day of Slack", "cable": "a bad day of the gateway"}[channel]
    return [
        what + ("" if idempotent else f" that forgets its keys; {len(day.doubled)} of the unknown ones came twice"),
        f"500 {'posts' if channel == 'slack' else 'cables'}",
        sum(day.came_about.values()),
        len(day.unknowable),
        len(day.listed),
        len(day.lost),
        len(beyond),
        _yes(sorted(day.listed) == sorted(day.unknowable) and not day.lost and not beyond),
    ]


def _lock(folder: Path, held_s: int) -> Row:
    """A wait lasts 30 s: of a shorter lock nobody notices anything, a longer one is told and the next tick makes up."""
    day = play_lock_day(folder / f"lock-{held_s}", _asked(folder), held_s=held_s)
    told = "waited for" if not day.told else "told, and made up for by the next tick"
    as_it_must_be = ("locked" in day.told) == (held_s > _WAIT_S) and day.waited_s >= min(held_s, _WAIT_S)
    return [
        f"the ledger's lock held for {held_s} s by another; {told} after {day.waited_s:.0f} s",
        f"{day.accepted} reminders",
        1,
        0,
        0,
        day.lost,
        day.doubled,
        _yes(as_it_must_be and day.accepted > 20 and day.verified and not (day.lost or day.doubled)),
    ]


def _yes(holds: bool) -> str:
    return "yes" if holds else "NO"


if __name__ == "__main__":
    sys.exit(main())
