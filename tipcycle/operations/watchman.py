"""What had to happen by now, and did it? Hand the watchman the ledger's raw rows, and say what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.hold import Hold as LedgerHold
from tipcycle.model.keys import document_key
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.operations.ask_clearance import DUTY
from tipcycle.operations.context import Context, context
from tipcycle.operations.documents_to_clear import DRAFTED_WITH, documents_of_assessment, waits_on
from tipcycle.operations.release_files import faults_of
from tipcycle.operations.send_action_requests import owed_requests
from tipcycle.reminders.hold import ends_at
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.watchman.facts import Facts, Hold, Mail, Row
from tipcycle.watchman.watch import Watch, watch

_TABLES = (
    "acts",
    "answers",
    "clearance_rounds",
    "contacts",
    "cycles",
    "list_corrections",
    "listed",
    "messages",
    "notices",
    "obligations",
    "refused_addresses",
    "split_levels",
    "submissions",
)


@dataclass(frozen=True)
class Watched:
    """One cycle as the watchman saw it at `at`; `last_tick_at` is None before the first tick."""

    report_year: int
    at: datetime
    last_tick_at: datetime | None
    watch: Watch


def watchman(report_year: int | None, at: datetime) -> Watched:
    """Compare what was promised by `at` with what the ledger says; None takes the latest cycle. Nothing is written.

    Raises `StoreError` where there is no cycle to look at, or where `at` is still to come.
    """
    with Store.read(settings().ledger_url) as store:
        store.require_possible(at)
    year = report_year or _latest()
    facts = facts_at(context(year), at)
    return Watched(year, at, facts.last_tick_at, watch(facts))


def facts_at(cycle: Context, at: datetime) -> Facts:
    """Everything the watchman looks at, from one reading of the ledger."""
    year = cycle.config.report_year
    with Store.read(cycle.settings.ledger_url) as store:
        tables = {
            table.name: tuple(dict(zip(table.columns, row, strict=True)) for row in table.rows)
            for table in store.whole_cycle(year, only=_TABLES)
        }
        released = store.releases.of_cycle(year)
        unasked = tuple(_unasked(store, cycle))
        last_tick_at = store.last_tick_at()
        holds = tuple(_hold(one) for one in store.holds.of_cycle(year))
    return Facts(
        config=cycle.config,
        at=at,
        last_tick_at=last_tick_at,
        obligations={row["key"]: _value(Obligation, row) for row in tables.pop("obligations")},
        notices={row["key"]: _value(Notice, row) for row in tables.pop("notices")},
        mails={row["key"]: _mail(row) for row in tables.pop("messages")},
        holds=holds,
        tables=tables,
        unasked=unasked,
        missing_files=tuple(
            f"{one.document} v{one.version}: {fault}" for one in released for fault in faults_of(cycle, one)
        ),
        cleared_unsent=_cleared_unsent(year, at),
    )


def _latest() -> int:
    with Store.read(settings().ledger_url) as store:
        cycles = store.cycles.all()
    if not cycles:
        raise StoreError("no cycle is open; name one: tipcycle watchman --report-year YEAR")
    return cycles[-1].report_year


def _value(kind: type[Any], row: Row) -> Any:
    return kind(**{one.name: row[one.name] for one in fields(kind)})


def _mail(row: Mapping[str, Any]) -> Mail:
    own = {one.name for one in fields(Mail)} - {"digest"}
    return Mail(**{name: row[name] for name in own}, digest=row["n"])


def _unasked(store: Store, cycle: Context) -> list[tuple[str, str]]:
    """Document and position where it is somebody's turn for a text that nobody asked it to clear."""
    year = cycle.config.report_year
    known = store.cycles.find(year)
    if known is None or known.closed_at:
        return []
    duties = {one.key for one in store.obligations.of_cycle(year, step=DUTY) if one.standing in ("missing", "waived")}
    rounds = [one for one in store.clearances.rounds(year) if one.obligation in duties]
    asked = {(one.document, one.position, one.content_hash) for one in rounds}
    found = []
    for assessment in DRAFTED_WITH:
        if store.releases.of_document(document_key(year, assessment, None)):
            continue  # after a release a text is cleared only once a supplement was begun
        for document in documents_of_assessment(store, cycle, assessment).values():
            for position in waits_on(document) if cycle.config.clearance[document.kind].asked else ():
                if (document.key, position, document.content_hash) not in asked:
                    found.append((document.key, position))
    return found


def _cleared_unsent(report_year: int, at: datetime) -> tuple[str, ...]:
    by_post: Sequence[tuple[str, tuple[str, ...]]] = owed_requests(report_year, at).by_post
    return tuple(iso3 for _, countries in by_post for iso3 in countries)


def _hold(one: LedgerHold) -> Hold:
    """As the watchman takes it: whose sending stopped, and from when to when."""
    end = min(ends_at(one), one.lifted_at) if one.lifted_at else ends_at(one)
    post, bureau = (one.name if one.scope == scope else None for scope in ("post", "bureau"))
    return Hold(post, bureau, one.recorded_at, end)
