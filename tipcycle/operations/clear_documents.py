"""Record what a position decides upon documents, one or many at once, with a preview first.

Source: 09 STATE 97909 para 2 (cleared by regional bureaus). Nothing is ever cleared by silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tipcycle.clearance.may_clear import why_not_clear
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.clearance import Clearance, Decision
from tipcycle.model.keys import document_key
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.decided_at import decided_at
from tipcycle.operations.request_drafts import STEP, Draft, drafts_of, unsent_countries
from tipcycle.store import Store


@dataclass(frozen=True)
class ClearanceReport:
    """What was (or would be) decided, in lines a coordinator can read; `done` is False for a preview."""

    lines: tuple[str, ...]
    decided: int
    done: bool


def clear_requests(
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
    """Clear or return the action requests of `countries` (iso3 or names; none: all that this position may decide).

    Raises `StoreError` where the position may not decide upon a country named, where a country has no unsent request,
    for a cable named that our own check rejects, and for a return without a note. A text cleared already is left alone.
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
        unsent = unsent_countries(store, report_year)
        wanted, left = _wanted(cycle, unsent, position, countries=countries, excluding=excluding)
        drafts = drafts_of(store, cycle, wanted)
        unfit = {iso3: draft for iso3, draft in drafts.items() if _is_unfit(draft, decision)}
        if unfit and countries:
            raise StoreError("\n".join(f"{iso3}: {draft.standing.because}" for iso3, draft in unfit.items()))
        fit = {iso3: draft for iso3, draft in drafts.items() if iso3 not in unfit}
        fresh = {iso3: draft for iso3, draft in fit.items() if not _is_decided(draft, decision)}
        lines = [line for draft in fresh.values() for line in _lines(cycle, draft, decision)]
        lines += [f"{iso3}: {draft.standing.because} already" for iso3, draft in fit.items() if iso3 not in fresh]
        lines += [f"{iso3}: left out, {draft.standing.because}" for iso3, draft in unfit.items()]
        lines += left
        if preview:
            return ClearanceReport(tuple(lines), len(fresh), done=False)
        _record(store, cycle, fresh, decision, position=position, note=note, at=at)
        return ClearanceReport(tuple(lines), len(fresh), done=True)


def _wanted(
    cycle: Context, unsent: list[str], position: str, *, countries: Sequence[str], excluding: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The countries to decide upon, and a line for each that is left out."""
    for iso3 in (*countries, *excluding):
        if iso3 not in unsent:
            raise StoreError(f"{iso3}: has no action request that waits to be sent in cycle {cycle.config.report_year}")
    named = [iso3 for iso3 in (countries or unsent) if iso3 not in excluding]
    left = [f"{iso3}: left out, as asked" for iso3 in excluding]
    allowed = []
    others = 0
    for iso3 in named:
        why = why_not_clear(cycle.config.positions[position], cycle.config.post_for(iso3))
        if not why:
            allowed.append(iso3)
        elif countries:
            raise StoreError(f"{position} may not decide upon {iso3}: {why}")
        else:
            others += 1
    if others and not allowed:
        why = why_not_clear(cycle.config.positions[position], cycle.config.post_for(named[0]))
        raise StoreError(f"{position} may decide upon none of {others} requests: {why}")
    if others:
        left.append(f"{others} more are for other positions to decide")
    return sorted(allowed), left


def _is_decided(draft: Draft, decision: Decision) -> bool:
    return decision == "cleared" and draft.standing.standing == "cleared"


def _is_unfit(draft: Draft, decision: Decision) -> bool:
    return decision == "cleared" and draft.standing.standing == "not fit"


def _lines(cycle: Context, draft: Draft, decision: Decision) -> list[str]:
    """What is decided, and each thing to look at in the text first."""
    verb = "clear" if decision == "cleared" else "return"
    lines = draft.cable.text.count("\n")
    name = cycle.config.countries[draft.iso3].name
    head = f"{draft.iso3}: {verb} the cable to {name}, {lines} lines, text {draft.content_hash[:12]}"
    return [head, *(f"{draft.iso3}: warning: {one}" for one in draft.warnings)]


def _record(
    store: Store,
    cycle: Context,
    drafts: dict[str, Draft],
    decision: Decision,
    *,
    position: str,
    note: str,
    at: datetime,
) -> None:
    year = cycle.config.report_year
    before = store.clearances.latest(year)
    for iso3, draft in drafts.items():
        key = document_key(year, STEP, iso3)
        last = before.get(key)
        number = last.number + 1 if last else 1
        when = decided_at(store, year, last, at=at)
        store.clearances.add(
            Clearance(key, number, year, iso3, decision, position, note, draft.content_hash, decided_at=when)
        )
        store.acts.add(f"document-{decision}", key, actor=position, at=when, note=note, content_hash=draft.content_hash)
