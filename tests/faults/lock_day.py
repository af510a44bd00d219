"""Somebody holds the ledger's lock while a tick is due: is it waited for, and told where it takes too long?"""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.smoke.story import story, utc
from tipcycle.errors import StoreError
from tipcycle.operations.verify_ledger import verify_ledger

_AT, _NEXT = utc("2009-10-16 14:00"), utc("2009-10-16 15:00")


@dataclass(frozen=True)
class LockDay:
    """`waited_s` of the first tick and what it `told`; messages `accepted` and not (`lost`) after the next one."""

    waited_s: float
    told: str
    accepted: int
    lost: int
    doubled: int
    verified: bool


def play_lock_day(folder: Path, ledger: Path, *, held_s: float) -> LockDay:
    """A tick against a copy of `ledger`, a file of SQLite that another connection locks for so long; and the next."""
    with story(folder, ledger=ledger) as cycle:
        other = sqlite3.connect(folder / "tipcycle.sqlite3", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(held_s, other.execute, ["ROLLBACK"])
        release.start()
        began, told = time.monotonic(), ""
        try:
            cycle.tick(_AT)
        except StoreError as error:
            told = str(error)
        waited_s = time.monotonic() - began
        release.join()
        other.close()
        cycle.tick(_NEXT)
        sent = cycle.sent()
        return LockDay(
            waited_s=waited_s,
            told=told,
            accepted=len(sent),
            lost=cycle.counts()["queued"],
            doubled=sum(times > 1 for times in sent.values()),
            verified=verify_ledger() == [],
        )
