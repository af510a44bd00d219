"""Did the last tick run lately? While a cycle is open, one runs every hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tipcycle.errors import StoreError
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings
from tipcycle.store import Store

_OLDEST = timedelta(hours=2)


def look(at: datetime) -> Iterator[Seen]:
    """A tick in the future is the clock's matter."""
    try:
        with Store.read(settings().ledger_url) as store:
            opened = [cycle for cycle in store.cycles.all() if cycle.closed_at is None]
            last = store.last_tick_at()
    except StoreError:
        yield warning("not looked at: the ledger cannot be read", "mend the ledger first")
        return
    if not opened:
        yield ok("no cycle is open, so nothing is owed")
        return
    since = max(last or opened[0].opened_at, opened[0].opened_at)
    told = f"last tick {last:%Y-%m-%d %H:%M:%SZ}" if last else f"no tick since cycle {opened[0].report_year} was opened"
    if at - since > _OLDEST:
        remedy = "start tipcycle serve, or look at the runs of remind-and-escalate; tipcycle tick does one by hand"
        yield fault(f"{told}, {_ago(at - since)} ago", remedy)
    else:
        yield ok(told)


def _ago(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
