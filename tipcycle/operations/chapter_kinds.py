"""Which kinds of chapters are there, and how is each assembled from the ledger? One entry a kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from tipcycle.assessment.assembled import Assembled
from tipcycle.errors import StoreError
from tipcycle.model.keys import obligation_key
from tipcycle.operations.context import Context
from tipcycle.operations.full_facts import full_chapters
from tipcycle.operations.interim_facts import interim_chapters
from tipcycle.store import Store

Assemble = Callable[[Store, Context, Collection[str], datetime], Mapping[str, Callable[[], Assembled]]]

KINDS: dict[str, Assemble] = {
    "interim-chapter": interim_chapters,
    "full-chapter": full_chapters,
}

# In which folder of a cycle's documents the files of each kind are drawn.
FOLDERS: dict[str, str] = {"interim-chapter": "interim-assessment", "full-chapter": "full-assessment"}
# And where those are drawn that were changed after the release.
SUPPLEMENTS: dict[str, str] = {kind: f"supplements/{folder}" for kind, folder in FOLDERS.items()}
_RELEASES = {"interim-chapter": "interim-release", "full-chapter": "report-release"}


def assembled(store: Store, cycle: Context, kind: str, iso3: str, *, at: datetime) -> Assembled:
    """One chapter as it would be written at `at`; raises `StoreError` where none is owed."""
    found = KINDS[kind](store, cycle, [iso3], at) if kind in KINDS else {}
    if iso3 not in found:
        raise StoreError(f"{iso3}: no {kind} is written of it in cycle {cycle.config.report_year}")
    return found[iso3]()


def where_drawn(store: Store, kind: str, report_year: int) -> str:
    """The folder in which a chapter's files are drawn: once released, the released ones stay as they are."""
    key = obligation_key(report_year, _RELEASES[kind], None)
    release = store.obligations.by_key([key]).get(key)
    return SUPPLEMENTS[kind] if release and release.standing == "received" else FOLDERS[kind]
