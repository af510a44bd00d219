"""Which text is an action request now, and does it stand as cleared?

A draft is written anew from plan, placement and calendar each time, so a change after clearance is seen at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tipcycle.clearance.chain import ChainStanding, Seat, seats_of, standing_of
from tipcycle.errors import ConfigError
from tipcycle.model.action_request import ActionRequest
from tipcycle.model.clearance import Clearance
from tipcycle.model.keys import document_key, obligation_key, request_key
from tipcycle.operations.context import Context, context
from tipcycle.operations.lint_request import LintedRequest, lint_request
from tipcycle.operations.request_content import request_content
from tipcycle.rendering.request_cable import RequestCable, render_request_cable
from tipcycle.store import Store

STEP = "action-request"


@dataclass(frozen=True)
class Draft:
    """The request to one country as it would go out now, the hash of its text, and how it stands.

    `warnings` are those of its writer and of the cable check; a text with errors stands as not fit, as does one that
    cannot be written because its plan or an earlier cable is not in config/ yet.
    """

    iso3: str
    cable: RequestCable
    content_hash: str
    seats: tuple[Seat, ...]
    standing: ChainStanding
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.cable.text.count("\n")


def drafts_of(store: Store, cycle: Context, countries: list[str]) -> dict[str, Draft]:
    """The drafts of these countries by iso3; they must be on the special watch list."""
    if not countries:
        return {}
    year = cycle.config.report_year
    dated = cycle.config.calendar.step(STEP).planned_on
    drafts = {}
    for iso3 in countries:
        decided = store.clearances.of_document(document_key(year, STEP, iso3))
        try:
            drafts[iso3] = _draft(cycle, content_of(store, cycle, iso3, dated=dated), decided)
        except ConfigError as error:
            drafts[iso3] = _not_drawn(cycle, iso3, error)
    return drafts


def _draft(cycle: Context, request: ActionRequest, decided: Sequence[Clearance]) -> Draft:
    cable, content_hash, linted = _drawn(cycle, request)
    seats = _seats(cycle, request.about.iso3)
    standing = standing_of(seats, content_hash=content_hash, decisions=decided, faults=linted.errors)
    return Draft(request.about.iso3, cable, content_hash, seats, standing, (*cable.warnings, *linted.warnings))


@lru_cache(maxsize=256)
def _drawn(cycle: Context, request: ActionRequest) -> tuple[RequestCable, str, LintedRequest]:
    """The text, its hash, and what our own check finds in it: drawn once while neither content nor config/ changes.

    Each bureau that clears, and each post that is asked, looks at every draft again. A context whose config/ was read
    anew, templates and all, is another one.
    """
    cable = render_request_cable(request, templates=cycle.templates)
    linted = lint_request(cable.text, cycle, on=request.about.dated)
    return cable, hashlib.sha256(cable.text.encode()).hexdigest(), linted


def _seats(cycle: Context, iso3: str) -> tuple[Seat, ...]:
    chain = cycle.config.clearance[STEP]
    return seats_of(chain, bureau=cycle.config.post_for(iso3).bureau, drafters=chain.drafted_by)


def _not_drawn(cycle: Context, iso3: str, error: ConfigError) -> Draft:
    """The stand-in for a text that cannot be written yet: it stands as not fit, and its text says why."""
    name = cycle.config.countries[iso3].name
    faults = tuple(str(fault) for fault in error.faults)
    text = f"The action request to {name} cannot be drafted yet:\n" + "".join(f"- {fault}\n" for fault in faults)
    seats = _seats(cycle, iso3)
    standing = standing_of(seats, content_hash="", decisions=(), faults=faults)
    return Draft(iso3, RequestCable(f"{iso3}: not drafted", text, ()), "", seats, standing)


def content_of(store: Store, cycle: Context, iso3: str, *, dated: date) -> ActionRequest:
    """The content with the deadlines as the ledger has them now; `dated` is the day in Washington on the papers."""
    (entry,) = store.cycles.special_watch_list(cycle.config.report_year, country=iso3)
    due = [obligation_key(cycle.config.report_year, step, iso3) for step in ("demarche", "progress-report")]
    demarche, report = (store.obligations.get(key) for key in due)
    return request_content(cycle, entry, demarche=demarche, report=report, dated=dated)


def unsent_countries(store: Store, report_year: int) -> list[str]:
    """Countries whose request was not sealed for sending yet, in order of iso3."""
    sealed = set(store.messages.keys_like(request_key(report_year, "")))
    return sorted(
        one.country
        for one in store.obligations.of_cycle(report_year, step=STEP)
        if one.country and one.standing == "missing" and request_key(report_year, one.country) not in sealed
    )


def unsent_among(store: Store, report_year: int, countries: Sequence[str]) -> list[str]:
    """Those of `countries` whose request is owed and was not sealed for sending yet, in their order."""
    owed = store.obligations.by_key([obligation_key(report_year, STEP, iso3) for iso3 in countries])
    missing = [one.country for one in owed.values() if one.country and one.standing == "missing"]
    return [iso3 for iso3 in countries if iso3 in missing and not store.messages.find(request_key(report_year, iso3))]


def write_drafts(report_year: int) -> int:
    """Write the draft of each request that is not sent yet, for its clearers to read; return how many."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        known = store.cycles.find(report_year)
        if known is None or known.listed_at is None or known.closed_at:
            return 0
        drafts = drafts_of(store, cycle, unsent_countries(store, report_year))
    folder = cycle.settings.var_dir / "drafts" / str(report_year)
    folder.mkdir(parents=True, exist_ok=True)
    for iso3, draft in drafts.items():
        (folder / f"{iso3}.txt").write_text(draft.cable.text, encoding="utf-8")
    return len(drafts)
