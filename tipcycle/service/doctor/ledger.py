"""Is the ledger there, can it be read, and is its schema this program's?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.service.doctor.seen import Seen, ok, warning
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.address import shown
from tipcycle.store.schema import SCHEMA_VERSION


def look(at: datetime) -> Iterator[Seen]:
    """Whatever keeps it from being read is raised with its remedy."""
    url = settings().ledger_url
    with Store.read(url) as store:
        rehearsal = store.is_rehearsal
    if rehearsal:
        yield warning(f"{shown(url)} is a rehearsal's", "point TIPCYCLE_VAR_DIR at the real one, or take it as play")
    else:
        yield ok(f"{shown(url)}, schema {SCHEMA_VERSION}")
