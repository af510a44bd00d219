"""Stop a release: a position of its chain, or the director, takes back its word; the document waits for it again."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.ladder.recipients import OFFICE, position_id
from tipcycle.model.clearance import Clearance
from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.keys import document_key
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.ask_clearance import ask_next
from tipcycle.operations.context import context
from tipcycle.operations.decided_at import decided_at
from tipcycle.operations.documents_to_clear import Document, documents_of
from tipcycle.store import Store


def retract_release(report_year: int, *, document: str, position: str, reason: str, at: datetime) -> str:
    """Let the compiled document wait for `position` again; return a line. Raises `StoreError` with the reason."""
    cycle = context(report_year)
    if document not in CHAPTERS_OF:
        raise StoreError(f'"{document}" is not released by itself; return it: {_form_to_return(document)}')
    require_position(cycle.config, position)
    require_reason("a release is retracted", reason)
    key = document_key(report_year, document, None)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        known = documents_of(store, cycle, document)
        if key not in known:
            raise StoreError(f"{document}: no chapter of it was written yet in cycle {report_year}")
        _require_retractable(store, known[key], position)
        last = store.clearances.latest(report_year).get(key)
        number, when = (last.number + 1 if last else 1), decided_at(store, report_year, last, at=at)
        text = known[key].content_hash
        store.clearances.add(Clearance(key, number, report_year, "", "retracted", position, reason, text, when))
        store.acts.add("retract-release", key, actor=position, at=when, reason=reason, content_hash=text)
        ask_next(store, cycle, document, at)
    return f"{document}: retracted by {position}; it is not released before {position} clears it: {reason}"


def _require_retractable(store: Store, document: Document, position: str) -> None:
    director = position_id(OFFICE, "director")
    seat = document.standing.seat_of(position)
    if seat is None and position != director:
        chain = ", ".join(one.position for one in document.seats)
        raise StoreError(f"{position} may not retract the {document.kind}; {chain} and {director} may")
    if seat is None and document.standing.standing != "cleared":
        raise StoreError(f"{document.kind}: does not stand cleared, so nothing goes out: {document.standing.because}")
    if seat is not None and not seat.settled:
        instead = f"return it instead: {_form_to_return(document.kind)}"
        raise StoreError(f"{document.kind}: {seat.because}, so there is nothing to take back; {instead}")
    released = store.releases.of_document(document.key)
    cleared_at = document.standing.cleared_at
    if released and (cleared_at is None or cleared_at <= released[-1].released_at):
        out = f"{document.kind}: was released on {released[-1].released_at:%Y-%m-%d}"
        again = f"form release-document with the nature erratum, or tipcycle release {document.kind} --nature erratum"
        raise StoreError(f"{out} and stays so; mend its text and release it once more: {again}")


def _form_to_return(document: str) -> str:
    return f"form clear-document with the decision returned, or tipcycle clear {document} --return"
