"""Do several workers share what they must share? A ledger that each reaches, and a Prefect that bears them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.errors import TipcycleError
from tipcycle.service.doctor import whereabouts
from tipcycle.service.doctor.seen import Seen, ok, warning
from tipcycle.service.doctor.worker import alive_at, heartbeats
from tipcycle.settings import settings
from tipcycle.store.address import sqlite_file


def look(at: datetime) -> Iterator[Seen]:
    """How many work, and on what; Prefect's database is known on its server's machine alone."""
    try:
        alive = alive_at(at, heartbeats(whereabouts.api()))
    except TipcycleError as error:
        yield warning(f"not looked at: {error}", "mend the server first")
        return
    serving, file = whereabouts.serving(), sqlite_file(settings().ledger_url)
    kept_in = serving.kept_in if serving else ""
    told = f"workers: {alive}; ledger on {'SQLite' if file else 'PostgreSQL'}"
    told += f", Prefect on {kept_in}" if kept_in else ""
    if alive > 1 and file:
        remedy = "put it on PostgreSQL (docs/operations.md), or let one machine work alone"
        yield warning(f"{told}: another machine does not see {file}", remedy)
    elif alive > 1 and kept_in == "SQLite":
        remedy = "set PREFECT_SERVER_DATABASE_CONNECTION_URL where the server runs (docs/operations.md)"
        yield warning(f"{told}: writers wait for each other, and some give up", remedy)
    else:
        yield ok(told)
