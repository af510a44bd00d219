"""Record that the Department did a step of its own: cleared, released, instructed. A person says so."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.keys import obligation_key
from tipcycle.operations.approval import require_position
from tipcycle.operations.ask_annual_submissions import STEP as INSTRUCTIONS
from tipcycle.operations.ask_annual_submissions import told_posts, unasked_posts
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.unplaced_countries import unplaced_countries
from tipcycle.store import Store

_DONE_BY = {
    "interim-clearance": "it is done with the last clearance, so clear the documents with tipcycle clear",
    "interim-release": "release the document with tipcycle release interim-assessment",
    "report-release": "release the document with tipcycle release full-assessment",
}


def record_step(report_year: int, *, step: str, actor: str, note: str, at: datetime) -> str:
    """Let a cycle-wide step stand as done at `at`; return a line to show. Raises `StoreError` with the reason."""
    cycle = context(report_year)
    require_position(cycle.config, actor)
    if step in _DONE_BY:
        raise StoreError(f"{step} is not recorded by hand: {_DONE_BY[step]}")
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        store.cycles.require_open(report_year)
        obligation = store.obligations.get(obligation_key(report_year, step, None))
        if obligation.standing != "missing":
            raise StoreError(f"{obligation.key}: was recorded already")
        if obligation.opened_at is None:
            before = cycle.config.calendar.step(step).opens_with
            raise StoreError(f"{obligation.key}: not open yet; it opens with {before}")
        unasked = unasked_posts(store, cycle) if step == INSTRUCTIONS else []
        if unasked:
            many = counted_of(len(unasked), "was", "were")
            raise StoreError(
                f"{obligation.key}: is done when every post was asked, and {many} not: "
                f"{told_posts(cycle, unasked)}; send them: tipcycle instruct; a cable that was refused, or whose "
                "outcome is unknown: tipcycle settle"
            )
        unplaced = unplaced_countries(store, cycle) if step == "tier-placement" else []
        if unplaced:
            many = counted_of(len(unplaced), "country is", "countries are")
            raise StoreError(f"{obligation.key}: {many} not placed yet: {', '.join(unplaced)}")
        fulfil(store, cycle, obligation, standing="received", at=at, reason=note, approver=actor)
        store.acts.add("record-step", obligation.key, actor=actor, at=at, note=note)
    return f"{obligation.key}: recorded by {actor}"
