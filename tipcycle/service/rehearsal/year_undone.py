"""What of a whole year is not as it must be when its rehearsal ran to the end?

Both assessments are out and lie as they were released, every country is placed as the play has it, and the next cycle
is open with the list that the rule makes of config.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.keys import document_key
from tipcycle.model.placement import Tier, proposed
from tipcycle.operations.context import Context, context
from tipcycle.operations.release_files import faults_of, hash_of_inputs
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import settings
from tipcycle.store import Store


def year_undone(report_year: int, placements: Mapping[str, Tier]) -> list[str]:
    """A line for each thing that is missing or otherwise; `placements` are those of the play, by iso3."""
    with Store.read(settings().ledger_url) as store:
        return [
            *_releases(store, context(report_year)),
            *_placements(store, report_year, placements),
            *_next_list(store, context(report_year + 1)),
        ]


def _releases(store: Store, cycle: Context) -> Iterator[str]:
    year = cycle.config.report_year
    for kind in CHAPTERS_OF:
        released = store.releases.of_document(document_key(year, kind, None))
        if not released:
            yield f"{kind} {year}: was not released"
        for one in released:
            yield from faults_of(cycle, one)
            if hash_of_inputs(one.inputs) != one.inputs_hash:
                yield f"{kind} {year} v{one.version}: its frozen inputs do not have the hash of the release"


def _placements(store: Store, report_year: int, placements: Mapping[str, Tier]) -> Iterator[str]:
    decided = {iso3: one.tier for iso3, one in store.tiers.placements(report_year).items()}
    for iso3 in sorted({*decided, *placements}):
        here, there = decided.get(iso3), placements.get(iso3)
        if here != there:
            told = proposed(here) if here else "undecided"
            yield f"{iso3}: {told} at the end, {proposed(there) if there else 'undecided'} in the play"


def _next_list(store: Store, following: Context) -> Iterator[str]:
    config = following.config
    if store.cycles.find(config.report_year) is None:
        yield f"cycle {config.report_year} is not open"
        return
    by_rule = special_watch_list(
        config.placements,
        config.previous_report,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )
    wanted = {one.iso3: one.group for one in by_rule}
    recorded = {one.iso3: one.group for one in store.cycles.special_watch_list(config.report_year)}
    for iso3 in sorted({*wanted, *recorded}):
        if wanted.get(iso3) != recorded.get(iso3):
            told = f"{recorded.get(iso3, 'not listed')}, by the rule {wanted.get(iso3, 'not listed')}"
            yield f"special watch list of {config.report_year}: {iso3} is {told}"
