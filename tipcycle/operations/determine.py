"""Record what was determined of a Tier 3 country, or published or presented after the Report.

Source: 22 U.S.C. 7107(d), (b)(2)(E) and (b)(4).
"""

from __future__ import annotations

from datetime import date, datetime

from tipcycle.assessment.follow_up import Placed, kinds_allowed, kinds_known
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.choice import labelled
from tipcycle.model.moment import day
from tipcycle.model.placement import tier_name
from tipcycle.model.tier_decision import Determination
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import context
from tipcycle.operations.report_day import placed_in, report_day
from tipcycle.store import Store


def determine(
    report_year: int, *, country: str, kind: str, done_on: date, position: str, note: str, at: datetime
) -> str:
    """Record what was determined, published or presented; return a line to show.

    `kind` is a paragraph of 7107(d), with or without its brackets. Raises `StoreError` where the law in force, or the
    country's placement, knows no such thing, and for a day before the Report or still to come.
    """
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    require_position(cycle.config, position)
    if cycle.config.positions[position].post is not None:
        raise StoreError(f"{position} is at a post; what follows the Report is recorded by the Department")
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        report = report_day(store, cycle)
        placed, _ = placed_in(store, cycle, report.on)
        known = kinds_allowed(placed.get(iso3), cycle.config.law, report_on=report.on)
        found = next((one for one in known if _is(one, kind)), None)
        if found is None:
            given = next(
                (_shown(one, told) for one, told in kinds_known(cycle.config.law).items() if _is(one, kind)), kind
            )
            raise StoreError(f'{iso3}: "{given}" cannot be recorded: {_possible(placed.get(iso3), known)}')
        if not report.on <= done_on <= cycle.places.washington.local_date(at):
            raise StoreError(f"{day(done_on)} lies before the Report of {day(report.on)}, or is still to come")
        earlier = [one for one in store.tiers.determinations(report_year, iso3) if one.kind == found]
        if any(one.done_on == done_on for one in earlier):
            raise StoreError(f"{iso3}: {found} was recorded already for {day(done_on)}")
        number = store.tiers.next_determination()
        store.tiers.determine(Determination(number, report_year, iso3, found, done_on, note, position, at))
        store.acts.add(
            "determine",
            f"tier:{report_year}:{iso3}",
            actor=position,
            at=at,
            kind=found,
            done_on=done_on.isoformat(),
            note=note,
        )
    return f"{iso3}: {found} on {day(done_on)}: {known[found]}"


def _is(known: str, given: str) -> bool:
    return _bare(known) == _bare(given)


def _bare(kind: str) -> str:
    return kind.replace("(", "").replace(")", "").casefold()


def _shown(kind: str, told: str) -> str:
    """As the drop-down of the form has it."""
    return labelled(told, kind)


def _possible(placed: Placed | None, known: dict[str, str]) -> str:
    if placed is None:
        return "it has no placement in that Report"
    if not known:
        return f"it is on {tier_name(placed.tier)}, and nothing of the kind follows that"
    return f"it can be: {'; '.join(_shown(kind, told) for kind, told in known.items())}"
