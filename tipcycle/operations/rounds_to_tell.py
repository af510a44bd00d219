"""What does a round of clearance still wait for? Told to its clearer, and to whoever hears that it is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from tipcycle.model.clearance import ClearanceRound
from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.obligation import Obligation
from tipcycle.operations.ask_clearance import DUTY
from tipcycle.operations.chapter_kinds import where_drawn
from tipcycle.operations.context import Context
from tipcycle.operations.documents_to_clear import (
    ASSESSMENT_OF,
    DRAFTED_WITH,
    Document,
    documents_of_assessment,
    waits_on,
)
from tipcycle.rendering.digest_duties import ToClear
from tipcycle.settings import ROOT
from tipcycle.store import Store


def rounds_to_tell(store: Store, cycle: Context, told: Collection[Obligation]) -> dict[str, ToClear]:
    """Of the obligations that a digest tells, the rounds of clearance, by key."""
    duties = {one.key: one for one in told if one.step == DUTY}
    if not duties:
        return {}
    rounds = [one for one in store.clearances.rounds(cycle.config.report_year) if one.obligation in duties]
    documents = {key: one for kind in DRAFTED_WITH for key, one in documents_of_assessment(store, cycle, kind).items()}
    found: dict[str, list[Document]] = {}
    for one in rounds:
        document = documents.get(one.document)
        if document and _waits(document, one):
            found.setdefault(one.obligation, []).append(document)
    return {
        key: _to_clear(store, cycle, waiting, list(documents.values()), owner=duties[key].owner)
        for key, waiting in found.items()
    }


def _waits(document: Document, one: ClearanceRound) -> bool:
    return document.content_hash == one.content_hash and one.position in waits_on(document)


def _to_clear(
    store: Store, cycle: Context, waiting: Sequence[Document], documents: Sequence[Document], *, owner: str
) -> ToClear:
    kind = waiting[0].kind
    chapters = _chapters(cycle, waiting)
    also = _chapters(cycle, [one for one in documents if one.kind == kind and owner in waits_on(one)])
    return ToClear(
        owner,
        kind,
        ASSESSMENT_OF.get(kind, kind).replace("-", " "),
        chapters,
        tuple(one for one in also if one not in chapters),
        _texts(store, cycle, kind),
    )


def _chapters(cycle: Context, documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """Countries by name and iso3, in order of name."""
    return tuple(sorted((cycle.config.countries[one.iso3].name, one.iso3) for one in documents if one.iso3))


def _texts(store: Store, cycle: Context, kind: str) -> tuple[str, ...]:
    """Where the texts lie; a compiled document is drawn only when it is asked for."""
    year = cycle.config.report_year
    if kind not in CHAPTERS_OF:
        return (_shown(cycle.documents / where_drawn(store, kind, year) / "ISO3.docx"),)
    return (
        f"tipcycle assemble --report-year {year} --document {kind} --compile",
        f"draws it as {_shown(cycle.documents / f'DRAFT-{kind}.docx')}",
    )


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
