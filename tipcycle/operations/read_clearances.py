"""How does each document stand with its chain: whose turn since when, who said what, and until when is it held?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tipcycle.clearance.chain import SeatStanding
from tipcycle.clearance.hold import held_until
from tipcycle.model.clearance import Clearance, ClearanceRound, Override
from tipcycle.model.document import Release
from tipcycle.model.keys import document_key
from tipcycle.model.moment import iso
from tipcycle.operations.context import context
from tipcycle.operations.documents_to_clear import (
    DRAFTED_WITH,
    Document,
    documents_of_assessment,
    requests_to_clear,
    whom_to_ask,
)
from tipcycle.operations.request_drafts import unsent_countries
from tipcycle.operations.told_of_rounds import told_of_rounds
from tipcycle.store import Store


def read_clearances(report_year: int) -> dict[str, Any]:
    """Every document that is to be cleared in a cycle, as plain JSON values, and the state of each assessment."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        listed = store.cycles.get(report_year).listed_at is not None
        requests = requests_to_clear(store, cycle, unsent_countries(store, report_year) if listed else [])
        assessments = {kind: documents_of_assessment(store, cycle, kind) for kind in DRAFTED_WITH}
        decisions, overrides = store.clearances.of_cycle(report_year), store.clearances.overrides(report_year)
        rounds = store.clearances.rounds(report_year)
        told = told_of_rounds(store, rounds)
        released = store.releases.of_cycle(report_year)
    documents = [one for known in (requests, *assessments.values()) for one in known.values()]
    return {
        "report_year": report_year,
        "documents": [
            _document(one, rounds, told, decisions.get(one.key, ()), overrides.get(one.key, ())) for one in documents
        ],
        "assessments": [
            _assessment(report_year, kind, list(known.values()), released)
            for kind, known in assessments.items()
            if known
        ],
    }


def _document(
    document: Document,
    rounds: Sequence[ClearanceRound],
    told: Mapping[str, Sequence[datetime]],
    decisions: Sequence[Clearance],
    overrides: Sequence[Override],
) -> dict[str, Any]:
    return {
        "document": document.key,
        "kind": document.kind,
        "country": document.iso3 or None,
        "version": document.version or None,
        "content_hash": document.content_hash,
        "standing": document.standing.standing,
        "because": document.standing.because,
        "waits_for": [
            {"position": whom_to_ask(one.seat, document.drafters)} | _asked(document, one, rounds, told)
            for one in document.standing.seats
            if one.seat.position in document.standing.waits_for
        ],
        "seats": [_seat(one) for one in document.standing.seats],
        "comments": [_comment(one, document) for one in decisions if one.note],
        "overrides": [
            {
                "without": one.without,
                "approver": one.approver,
                "reason": one.reason,
                "asked_at": iso(one.asked_at) if one.asked_at else None,
                "reminded": list(one.reminded),
                "present_text": one.content_hash == document.content_hash,
            }
            for one in overrides
        ],
    }


def _asked(
    document: Document, seat: SeatStanding, rounds: Sequence[ClearanceRound], told: Mapping[str, Sequence[datetime]]
) -> dict[str, Any]:
    """Whether a round asks it for the present text, and since when it was told so; where a step's own ladder asks,
    neither.
    """
    mine = [
        one.obligation
        for one in rounds
        if (one.document, one.position, one.content_hash)
        == (document.key, whom_to_ask(seat.seat, document.drafters), document.content_hash)
    ]
    since = min((moment for key in mine for moment in told[key]), default=None)
    return {"asked": bool(mine), "since": iso(since) if since else None}


def _seat(one: SeatStanding) -> dict[str, Any]:
    return {
        "position": one.seat.position,
        "stage": one.seat.stage + 1,
        "state": one.state,
        "because": one.because,
        "decided_at": iso(one.decided_at) if one.decided_at else None,
        "acting": one.acting or None,
    }


def _comment(one: Clearance, document: Document) -> dict[str, Any]:
    return {
        "position": one.position,
        "acting": one.acting or None,
        "decision": one.decision,
        "note": one.note,
        "decided_at": iso(one.decided_at),
        "present_text": one.content_hash == document.content_hash,
    }


def _assessment(
    report_year: int, kind: str, documents: Sequence[Document], released: Sequence[Release]
) -> dict[str, Any]:
    until = held_until(one.standing for one in documents)
    mine = [one for one in released if one.document == document_key(report_year, kind, None)]
    return {
        "document": kind,
        "cleared": sum(one.standing.standing == "cleared" for one in documents),
        "documents": len(documents),
        "held_until": iso(until) if until else None,
        "released": [
            {"version": one.version, "nature": one.nature, "released_at": iso(one.released_at)} for one in mine
        ],
    }
