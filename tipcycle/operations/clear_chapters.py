"""Clear or return chapters of the interim assessment that changed after it was cleared, with a preview first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from tipcycle.clearance.may_clear import why_not_clear
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.clearance import Clearance, Decision
from tipcycle.model.keys import document_key
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.clear_documents import ClearanceReport
from tipcycle.operations.context import Context, context
from tipcycle.operations.decided_at import decided_at
from tipcycle.operations.late_effects import CHAPTER, chapters_to_clear_again
from tipcycle.store import Store


def clear_chapters(
    report_year: int,
    *,
    decision: Decision,
    position: str,
    countries: Sequence[str] = (),
    excluding: Sequence[str] = (),
    note: str = "",
    at: datetime,
    preview: bool,
) -> ClearanceReport:
    """Decide upon the chapters of `countries` (none named: all that wait and that this position may decide).

    Raises `StoreError` as `clear_requests` does.
    """
    cycle = context(report_year)
    countries, excluding = (
        [find_country(cycle.config, name).iso3 for name in names] for names in (countries, excluding)
    )
    require_position(cycle.config, position)
    if decision == "returned":
        require_reason("a document is returned", note)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        waiting = chapters_to_clear_again(store, report_year)
        wanted = _wanted(cycle, waiting, position, countries=countries, excluding=excluding)
        lines = tuple(f"{iso3}: {decision} the chapter written anew" for iso3 in wanted)
        if not preview:
            for iso3 in wanted:
                _record(store, cycle, iso3, decision, position=position, note=note, at=at)
    return ClearanceReport(lines, len(wanted), done=not preview)


def _wanted(
    cycle: Context, waiting: list[str], position: str, *, countries: Sequence[str], excluding: Sequence[str]
) -> list[str]:
    for iso3 in (*countries, *excluding):
        if iso3 not in waiting:
            raise StoreError(f"{iso3}: has no chapter that waits to be cleared again")
    wanted = []
    for iso3 in countries or waiting:
        why = why_not_clear(cycle.config.positions[position], cycle.config.post_for(iso3))
        if why and countries:
            raise StoreError(f"{position} may not decide upon {iso3}: {why}")
        if not why and iso3 not in excluding:
            wanted.append(iso3)
    return wanted


def _record(
    store: Store, cycle: Context, iso3: str, decision: Decision, *, position: str, note: str, at: datetime
) -> None:
    year = cycle.config.report_year
    key = document_key(year, CHAPTER, iso3)
    before = store.clearances.latest(year).get(key)
    text = (cycle.documents / "interim-assessment" / f"{iso3}.md").read_bytes()
    content_hash = hashlib.sha256(text).hexdigest()
    number = before.number + 1 if before else 1
    when = decided_at(store, year, before, at=at)
    store.clearances.add(Clearance(key, number, year, iso3, decision, position, note, content_hash, decided_at=when))
    store.acts.add(f"document-{decision}", key, actor=position, at=when, note=note, content_hash=content_hash)
