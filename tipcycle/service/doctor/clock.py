"""Is the clock right? What happened cannot lie in the future, and the server's clock should say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tipcycle.errors import TipcycleError
from tipcycle.service.doctor import whereabouts
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.address import sqlite_file

_SLACK = timedelta(seconds=60)
_REMEDY = "set the clock (timedatectl set-ntp true)"


def look(at: datetime) -> Iterator[Seen]:
    """Against the ledger's last tick, the ledger's file, and the server."""
    seen = [*_against_ledger(at), *_against_server(at)]
    yield from seen or [ok(f"{at:%Y-%m-%d %H:%M:%SZ}, nothing contradicts it")]


def _against_ledger(at: datetime) -> Iterator[Seen]:
    url = settings().ledger_url
    file = sqlite_file(url)
    try:
        with Store.read(url) as store:
            last, rehearsal = store.last_tick_at(), store.is_rehearsal
    except TipcycleError:
        return  # the ledger's own check tells
    if last and last - at > _SLACK and not rehearsal:
        remedy = f"{_REMEDY}; nothing is decided before that moment"
        yield fault(f"the last tick lies in the future: {last:%Y-%m-%d %H:%M:%SZ}, now {at:%Y-%m-%d %H:%M:%SZ}", remedy)
    written = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC) if file else at
    if written - at > _SLACK:
        yield fault(f"{file} was written in the future, {written:%Y-%m-%d %H:%M:%SZ}: the clock was put back", _REMEDY)


def _against_server(at: datetime) -> Iterator[Seen]:
    before = datetime.now(UTC)
    try:
        theirs = whereabouts.api().date()
    except TipcycleError:
        return
    apart = abs(theirs - before)
    if apart > _SLACK:
        yield warning(f"the Prefect server's clock is {apart.total_seconds():.0f} s from ours", f"{_REMEDY} on both")
