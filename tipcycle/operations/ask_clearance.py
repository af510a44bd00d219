"""Whose turn is it to clear, and was it asked for this text? One round a position, kind of document and moment.

A round is a duty: its position is reminded of it and then chased, by the ordinary tick. config/duties.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from tipcycle.model.clearance import ClearanceRound
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context, context
from tipcycle.operations.documents_to_clear import (
    ASSESSMENT_OF,
    DRAFTED_WITH,
    Document,
    documents_of_assessment,
    waits_on,
)
from tipcycle.operations.obligation_life import ask_duty, fulfil
from tipcycle.store import Store
from tipcycle.store.clearances import Stamp

DUTY = "clear-documents"
# The step that is done once the compiled document stands cleared; the full assessment has none.
CLEARED_WITH = {"interim-assessment": "interim-clearance"}


def ask_next(store: Store, cycle: Context, kind: str, at: datetime, *, begin: bool = False) -> list[Obligation]:
    """Bring the rounds of an assessment (named by itself or by its chapters) into line with how it stands at `at`.

    Ends rounds in which nothing is open any more, asks whoever's turn it is and was not asked for the present text,
    and lets the clearance step stand as done once everything is cleared. After a release it asks only where `begin`
    says that a supplement is wanted. Doing it again changes nothing; returns the rounds that were opened.
    """
    assessment = ASSESSMENT_OF.get(kind, kind)
    if assessment not in DRAFTED_WITH:
        return []  # the step of an action request has a ladder that asks its clearers
    documents = documents_of_assessment(store, cycle, assessment)
    if not documents:
        return []
    rounds = [one for one in store.clearances.rounds(cycle.config.report_year) if one.document in documents]
    duties = store.obligations.by_key({one.obligation for one in rounds})
    _end_rounds(store, cycle, documents, rounds, duties, at=at)
    _end_step(store, cycle, documents, assessment)
    if not begin and _is_over(store, cycle, assessment, rounds):
        return []
    return _ask(store, cycle, documents, rounds, duties, at=at)


def ask_whatever_waits(store: Store, report_years: Sequence[int], stamp: Stamp, at: datetime) -> None:
    """Ask in every open cycle, for the tick; where no chapter, decision or draft came since, it looks at nothing."""
    url, seen = str(store.connection.engine.url), (tuple(report_years), stamp)
    if not stamp.chapters or _unchanged.get(url) == seen:
        return
    asked = [
        one
        for year in report_years
        for assessment in DRAFTED_WITH
        for one in ask_next(store, context(year), assessment, at)
    ]
    if not asked:  # what was asked counts only once it is committed, so the next tick looks again
        _unchanged[url] = seen


_unchanged: dict[str, tuple[tuple[int, ...], Stamp]] = {}


def _end_rounds(
    store: Store,
    cycle: Context,
    documents: Mapping[str, Document],
    rounds: Collection[ClearanceRound],
    duties: Mapping[str, Obligation],
    *,
    at: datetime,
) -> None:
    still_open = {one.obligation for one in rounds if _is_waiting(documents[one.document], one)}
    for key, duty in duties.items():
        if duty.standing == "missing" and key not in still_open:
            reason = "every text of this round was decided upon, or it needs nothing more"
            fulfil(store, cycle, duty, standing="received", at=at, reason=reason)


def _is_waiting(document: Document, one: ClearanceRound) -> bool:
    return document.content_hash == one.content_hash and one.position in waits_on(document)


def _end_step(store: Store, cycle: Context, documents: Mapping[str, Document], assessment: str) -> None:
    year, step = cycle.config.report_year, CLEARED_WITH.get(assessment)
    compiled = documents[document_key(year, assessment, None)]
    cleared_at = compiled.standing.cleared_at
    if step is None or cleared_at is None:
        return
    obligation = store.obligations.get(obligation_key(year, step, None))
    if obligation.opened_at is not None and obligation.standing == "missing":
        last = max(compiled.standing.seats, key=lambda one: (one.decided_at or cleared_at, one.seat.stage))
        fulfil(
            store,
            cycle,
            obligation,
            standing="received",
            at=max(cleared_at, obligation.opened_at),
            reason=compiled.standing.because,
            approver=last.by,
        )


def _is_over(store: Store, cycle: Context, assessment: str, rounds: Collection[ClearanceRound]) -> bool:
    """After a release nobody is asked by itself: a later text is cleared only once a supplement was begun."""
    released = store.releases.of_document(document_key(cycle.config.report_year, assessment, None))
    return bool(released) and all(one.asked_at <= released[-1].released_at for one in rounds)


def _ask(
    store: Store,
    cycle: Context,
    documents: Mapping[str, Document],
    rounds: Collection[ClearanceRound],
    duties: Mapping[str, Obligation],
    *,
    at: datetime,
) -> list[Obligation]:
    asked = {
        (one.document, one.position, one.content_hash)
        for one in rounds
        if duties[one.obligation].standing in ("missing", "waived")
    }
    wanted: dict[tuple[str, str], list[Document]] = {}
    for document in documents.values():
        if not cycle.config.clearance[document.kind].asked:
            continue
        for position in waits_on(document):
            if (document.key, position, document.content_hash) not in asked:
                wanted.setdefault((document.kind, position), []).append(document)
    return [open_round(store, cycle, position, texts, at=at) for (_, position), texts in wanted.items()]


def open_round(
    store: Store, cycle: Context, position: str, documents: Collection[Document], *, at: datetime
) -> Obligation:
    """Ask one position for these documents: one duty, named after its position and counted from 1."""
    year = cycle.config.report_year
    before = {one.obligation for one in store.clearances.rounds(year) if one.position == position}
    duty = ask_duty(store, cycle, DUTY, f"{position}.{len(before) + 1}", owner=position, at=at)
    store.clearances.ask([ClearanceRound(duty.key, one.key, year, position, at, one.content_hash) for one in documents])
    return duty
