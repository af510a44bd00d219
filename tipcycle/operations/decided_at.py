"""When was a document decided upon? At the moment said, or at the latest one that the ledger knows to lie before it.

An `at` before the last tick counts as that last tick, as everywhere in the ledger.
"""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.clearance import Clearance
from tipcycle.store import Store


def decided_at(store: Store, report_year: int, before: Clearance | None, *, at: datetime) -> datetime:
    """`at`, but never before the cycle's list, the last tick or the decision `before` on the same document."""
    listed = store.cycles.get(report_year).listed_at
    known = (at, listed, store.last_tick_at(), before.decided_at if before else None)
    return max(moment for moment in known if moment)
