"""Why does an action request not go out, and what helps? For those who are reminded of it, and for the proof."""

from __future__ import annotations

from collections.abc import Sequence

from tipcycle.operations.context import Context
from tipcycle.operations.request_drafts import Draft, drafts_of, unsent_among
from tipcycle.store import Store


def missing_clearance(store: Store, cycle: Context, countries: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The reason and the command of each of these countries whose request is neither sealed nor cleared, by iso3."""
    year = cycle.config.report_year
    if not countries or store.cycles.get(year).listed_at is None:
        return {}
    drafts = drafts_of(store, cycle, unsent_among(store, year, countries))
    return {
        iso3: (draft.standing.because, _command(cycle, draft))
        for iso3, draft in drafts.items()
        if draft.standing.standing != "cleared"
    }


def _command(cycle: Context, draft: Draft) -> str:
    year = cycle.config.report_year
    if draft.standing.standing == "not fit":
        return f"tipcycle plan check config/cycles/{year}/plans/{draft.iso3}.yaml"
    by = draft.seats[0].position
    return f"tipcycle clear action-request --report-year {year} --country {draft.iso3} --by {by} --yes"
