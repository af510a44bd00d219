"""What does a round of clearance still wait for? Told to its clearer, and to whoever hears that it is silent."""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.model.clearance import ClearanceRound
from tipcycle.model.obligation import Obligation
from tipcycle.operations.ask_clearance import DUTY
from tipcycle.operations.context import Context
from tipcycle.operations.documents_to_clear import DRAFTED_WITH, Document, documents_of_assessment, waits_on
from tipcycle.rendering.digest_line import ToClear
from tipcycle.store import Store


def rounds_to_tell(store: Store, cycle: Context, told: Collection[Obligation]) -> dict[str, ToClear]:
    """Of the obligations that a digest tells, the rounds of clearance, by key."""
    duties = {one.key: one for one in told if one.step == DUTY}
    if not duties:
        return {}
    year = cycle.config.report_year
    rounds = [one for one in store.clearances.rounds(year) if one.obligation in duties]
    documents = {key: one for kind in DRAFTED_WITH for key, one in documents_of_assessment(store, cycle, kind).items()}
    found: dict[str, list[Document]] = {}
    for one in rounds:
        document = documents.get(one.document)
        if document and _waits(document, one):
            found.setdefault(one.obligation, []).append(document)
    return {
        key: ToClear(
            tuple(one.name for one in waiting),
            _command(waiting, owner=duties[key].owner, year=year),
            duties[key].owner,
            min(one.asked_at for one in rounds if one.obligation == key),
        )
        for key, waiting in found.items()
    }


def _waits(document: Document, one: ClearanceRound) -> bool:
    return document.content_hash == one.content_hash and one.position in waits_on(document)


def _command(waiting: list[Document], *, owner: str, year: int) -> str:
    kind = waiting[0].kind
    which = " --all" if waiting[0].iso3 else ""
    return f"tipcycle clear {kind} --report-year {year}{which} --by {owner}"
