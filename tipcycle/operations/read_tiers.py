"""What was recommended, split and placed, beside what the law says? As plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from tipcycle.assessment.split import SplitStanding
from tipcycle.config.find_country import find_country
from tipcycle.model.moment import iso
from tipcycle.operations.context import Context, context
from tipcycle.operations.tier_findings import figures_of, history_on, if_placed, law_of
from tipcycle.operations.tier_state import asked_countries, standing_in, standings_in
from tipcycle.rules.placement_in_force import History
from tipcycle.store import Store

Which = Literal["all", "splits", "open"]


def read_country(report_year: int, country: str, *, at: datetime) -> dict[str, Any]:
    """One country: both recommendations, the law's findings as of `at`, every level of its splits, its placements."""
    cycle = context(report_year)
    known = find_country(cycle.config, country)
    on = cycle.places.washington.local_date(at)
    history = history_on(cycle, on)
    with Store.read(cycle.settings.ledger_url) as store:
        store.cycles.get(report_year)
        standing = standing_in(store, cycle, known.iso3)
        said = store.tiers.recommendations(report_year, known.iso3)
        recommended = [one.tier for one in (standing.office, standing.bureau) if one]
        findings = [*law_of(cycle, known.iso3, history), figures_of(store, cycle, known.iso3)]
        return {
            "iso3": known.iso3,
            "country": known.name,
            "report_year": report_year,
            "asked": known.iso3 in asked_countries(store, report_year),
            "before": history.tiers(known.iso3).get(report_year - 1),
            "standing": standing.standing,
            "because": standing.because,
            "office": _plain(standing.office),
            "bureau": _plain(standing.bureau),
            "recommendations": [_plain(one) for one in said],
            "findings": [vars(one) for one in findings],
            "if_placed": {tier: vars(one) for tier, one in if_placed(cycle, known.iso3, history, recommended).items()},
            "levels": [_plain(one) for one in store.tiers.levels(report_year, known.iso3)],
            "placements": [_plain(one) for one in store.tiers.decisions(report_year, known.iso3)],
            "reopened": [_plain(one) for one in store.tiers.reopened(report_year, known.iso3)],
            "placement": _plain(store.tiers.placements(report_year).get(known.iso3)),
        }


def read_tiers(report_year: int, *, which: Which = "all", at: datetime) -> list[dict[str, Any]]:
    """A line a country asked, in order of iso3; only those with a split, or only those not placed yet."""
    cycle = context(report_year)
    history = history_on(cycle, cycle.places.washington.local_date(at))
    with Store.read(cycle.settings.ledger_url) as store:
        store.cycles.get(report_year)
        placed = store.tiers.placements(report_year)
        split = {one.iso3 for one in store.tiers.levels(report_year)}
        return [
            _line(cycle, iso3, standing, history)
            | {"tier": placed[iso3].tier if iso3 in placed else None, "split": iso3 in split}
            for iso3, standing in standings_in(store, cycle).items()
            if which == "all" or (which == "splits" and iso3 in split) or (which == "open" and iso3 not in placed)
        ]


def _line(cycle: Context, iso3: str, standing: SplitStanding, history: History) -> dict[str, Any]:
    level = standing.level
    return {
        "iso3": iso3,
        "country": cycle.config.countries[iso3].name,
        "before": history.tiers(iso3).get(cycle.config.report_year - 1),
        "office": standing.office.tier if standing.office else None,
        "bureau": standing.bureau.tier if standing.bureau else None,
        "standing": standing.standing,
        "because": standing.because,
        "level": level.level if level else None,
        "withdrawn": f"a split, withdrawn on {level.decided_at:%Y-%m-%d}: {level.note}"
        if level and level.outcome == "withdrawn"
        else None,
        "holder": level.holder if level and level.outcome is None else None,
        "limit": next((one.because for one in law_of(cycle, iso3, history) if one.severity != "info"), None),
    }


def _plain(value: Any) -> dict[str, Any] | None:
    """The fields of a row, its moments and days as text."""
    if value is None:
        return None
    return {name: _text(one) for name, one in vars(value).items()}


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, Iterable) and not isinstance(value, (str, dict)) else value
