"""Record what a position decides upon documents of any kind, one or many at once, with a preview first.

Source: 09 STATE 97909 para 2 (cleared by regional bureaus). Nothing is ever cleared by silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tipcycle.clearance.may_decide import already, why_no_seat, why_not_acting, why_not_decide
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.ladder.contact_book import stand_in_on
from tipcycle.model.clearance import Clearance, Decision
from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.ask_clearance import ask_next
from tipcycle.operations.context import Context, context
from tipcycle.operations.decided_at import decided_at
from tipcycle.operations.documents_to_clear import Document, documents_of
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.store import Store

_VERBS: dict[str, str] = {"cleared": "clear", "commented": "clear with comments", "returned": "return"}
_NOUNS = {
    "action-request": ("action request", "action requests"),
    "interim-chapter": ("chapter of the interim assessment", "chapters of the interim assessment"),
    "full-chapter": ("chapter of the full assessment", "chapters of the full assessment"),
    "interim-assessment": ("the interim assessment", ""),
    "full-assessment": ("the full assessment", ""),
}
_WAITING = {
    "action-request": "has no action request that waits to be sent",
    "interim-chapter": "has no chapter of the interim assessment",
    "full-chapter": "has no chapter of the full assessment",
}


@dataclass(frozen=True)
class ClearanceReport:
    """What was (or would be) decided, in lines a coordinator can read; `done` is False for a preview.

    `to_sign` is what a form needs a code for; None where nothing is decided.
    """

    lines: tuple[str, ...]
    decided: int
    done: bool
    to_sign: Deed | None = None


@dataclass(frozen=True)
class _Deed:
    decision: Decision
    position: str
    acting: str
    note: str
    at: datetime


def clear_documents(
    report_year: int,
    *,
    document: str = "action-request",
    decision: Decision,
    position: str,
    acting: str = "",
    countries: Sequence[str] = (),
    excluding: Sequence[str] = (),
    note: str = "",
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> ClearanceReport:
    """Clear or return the documents of a kind (of `countries`, iso3 or names; none: all whose turn it is).

    `acting` decides in the place of `position`, if that has delegated to it. Raises `StoreError` where a document that
    was named may not be decided upon so, where somebody decided upon its text first, and for a return or comments
    without a note. Of documents that were not named those are left out, each with its reason. A form gives the one-time
    `code` (decision 0019).
    """
    cycle = context(report_year)
    config = cycle.config
    countries, excluding = ([find_country(config, name).iso3 for name in names] for names in (countries, excluding))
    for one in filter(None, (position, acting)):
        require_position(config, one)
    if decision in ("returned", "commented"):
        require_reason("a document is returned" if decision == "returned" else "comments are kept", note)
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        deed = _Deed(decision, position, "" if acting == position else acting, note, at)
        stand_in = _stand_in(store, cycle, deed)
        known = {one.iso3: one for one in documents_of(store, cycle, document).values()}
        wanted, left = _wanted(cycle, known, document, deed, countries=countries, excluding=excluding)
        fresh, lines = _sorted_out(wanted, deed, stand_in, named=bool(countries) or document in CHAPTERS_OF)
        to_sign = _to_sign(report_year, document, fresh, deed) if fresh else None
        lines += left
        if to_sign and not preview:
            signed = require_code(store, to_sign, code, at=at)
            _record(store, cycle, fresh, deed, signed)
            ask_next(store, cycle, document, at)
    return ClearanceReport(tuple(lines), len(fresh), done=not preview, to_sign=to_sign)


def _to_sign(report_year: int, kind: str, documents: Sequence[Document], deed: _Deed) -> Deed:
    one, more = _NOUNS[kind]
    noun = one if kind in CHAPTERS_OF else f"{len(documents)} {one if len(documents) == 1 else more}"
    return deed_of(
        report_year,
        "clear",
        deed.acting or deed.position,
        what=f"{_VERBS[deed.decision]} {noun}" + (f" for {deed.position}" if deed.acting else ""),
        lines=[line for one in documents for line in _lines(one, deed)],
        reason=deed.note,
        decided=[
            deed.decision,
            deed.position,
            deed.note.strip(),
            sorted((one.key, one.content_hash) for one in documents),
        ],
    )


def _stand_in(store: Store, cycle: Context, deed: _Deed) -> str | None:
    """Whom the position has delegated to that day; raises `StoreError` where another acts for it."""
    day = cycle.places.of(cycle.config.positions[deed.position]).local_date(deed.at)
    stand_in = stand_in_on(store.contacts.all(), deed.position, day)
    why = why_not_acting(deed.position, deed.acting, stand_in)
    if why:
        raise StoreError(why)
    return stand_in


def _wanted(
    cycle: Context,
    known: dict[str, Document],
    kind: str,
    deed: _Deed,
    *,
    countries: Sequence[str],
    excluding: Sequence[str],
) -> tuple[list[Document], list[str]]:
    """The documents in which the position has a say, and a line for those that are left out."""
    if kind in CHAPTERS_OF and (countries or excluding):
        raise StoreError(f"{kind} is one document of all countries; name none")
    if kind in CHAPTERS_OF and not known:
        raise StoreError(f"{kind}: no chapter of it was written yet in cycle {cycle.config.report_year}")
    for iso3 in (*countries, *excluding):
        if iso3 not in known:
            raise StoreError(f"{iso3}: {_WAITING[kind]} in cycle {cycle.config.report_year}")
    named = [known[iso3] for iso3 in (countries or known) if iso3 not in excluding]
    left = [f"{iso3}: left out, as asked" for iso3 in excluding]
    reasons = {one.label: _why_no_say(cycle, one, deed) for one in named}
    refused = [one for one in named if reasons[one.label]]
    if refused and (countries or kind in CHAPTERS_OF):
        raise StoreError(f"{deed.position} may not decide upon {refused[0].label}: {reasons[refused[0].label]}")
    if refused and len(refused) == len(named):
        many = f"{len(refused)} {'requests' if kind == 'action-request' else 'chapters'}"
        raise StoreError(f"{deed.position} may decide upon none of {many}: {reasons[refused[0].label]}")
    if refused:
        left.append(f"{len(refused)} more are for other positions to decide")
    return sorted((one for one in named if not reasons[one.label]), key=lambda one: one.iso3), left


def _why_no_say(cycle: Context, document: Document, deed: _Deed) -> str:
    config = cycle.config
    if any(one.by == deed.position and one.state == "retracted" for one in document.standing.seats):
        return ""  # it stopped a release, and may let it go on
    post = config.post_for(document.iso3) if document.iso3 else None
    return why_no_seat(config.positions[deed.position], config.clearance[document.kind], document.seats, post)


def _sorted_out(
    wanted: Sequence[Document], deed: _Deed, stand_in: str | None, *, named: bool
) -> tuple[list[Document], list[str]]:
    """The documents that can be decided upon now, and the lines; raises `StoreError` for a named one that cannot."""
    fresh, lines, kept, unfit, refused = [], [], [], [], []
    for one in wanted:
        why = why_not_decide(
            one.standing,
            position=deed.position,
            acting=deed.acting,
            decision=deed.decision,
            drafters=one.drafters,
            stand_in=stand_in,
        )
        if not why:
            fresh.append(one)
            lines += _lines(one, deed)
        elif named:
            refused.append(f"{one.label}: {why}")
        elif why == already(one.standing, deed.position):
            kept.append(f"{one.label}: {why} already")
        else:
            unfit.append(f"{one.label}: left out, {why}")
    if refused:
        raise StoreError("\n".join(refused))
    return fresh, lines + kept + unfit


def _lines(document: Document, deed: _Deed) -> list[str]:
    """What is decided, and each thing to look at in the text first."""
    acting = f", {deed.acting} acting for {deed.position}" if deed.acting else ""
    text = f"{document.about}, text {document.content_hash[:12]}"
    head = f"{document.label}: {_VERBS[deed.decision]} the {document.name}, {text}{acting}"
    return [head, *(f"{document.label}: warning: {one}" for one in document.warnings)]


def _record(
    store: Store, cycle: Context, documents: Sequence[Document], deed: _Deed, signed: Mapping[str, Any]
) -> None:
    year = cycle.config.report_year
    before = store.clearances.latest(year)
    for one in documents:
        last = before.get(one.key)
        number = last.number + 1 if last else 1
        when = decided_at(store, year, last, at=deed.at)
        store.clearances.add(
            Clearance(
                one.key,
                number,
                year,
                one.iso3,
                deed.decision,
                deed.position,
                deed.note,
                one.content_hash,
                decided_at=when,
                acting=deed.acting,
            )
        )
        details = {"note": deed.note, "content_hash": one.content_hash}
        actor = deed.acting or deed.position
        in_place = {"in_place_of": deed.position} if deed.acting else {}
        store.acts.add(f"document-{deed.decision}", one.key, actor=actor, at=when, **details, **in_place, **signed)
