"""What is known of one country over the years? Its placements, and in each cycle of the ledger what was asked and said.

Nothing is written. Reminders and escalations are counted in days on the post's own calendar, as the mails tell them.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tipcycle.config.find_country import find_country
from tipcycle.config.load import latest_planned_cycle
from tipcycle.model.moment import iso
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import tier_name
from tipcycle.model.plan import year_asked
from tipcycle.operations.context import Context, context
from tipcycle.operations.last_statuses import last_statuses
from tipcycle.rollover.punctuality import days_late, punctuality
from tipcycle.rules.placement_in_force import history_of
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.cycles import CycleRow

_BY_POST = ("demarche", "progress-report", "annual-submission")


def read_history(country: str) -> dict[str, Any]:
    """The years of a country (name or iso3) as plain JSON values, oldest first; raises `ConfigError` for an unknown."""
    now = settings()
    with Store.read(now.ledger_url) as store:
        rows = store.cycles.all()
        latest = context(rows[-1].report_year if rows else latest_planned_cycle(now.config_dir))
        known = find_country(latest.config, country)
        cycles = [_cycle(store, row, known.iso3) for row in rows]
        return {
            "iso3": known.iso3,
            "country": known.name,
            "post": latest.config.post_for(known.iso3).name,
            "placements": _placements(store, latest, rows, known.iso3),
            "cycles": cycles,
            "punctuality": [{"report_year": one["report_year"]} | one["punctuality"] for one in cycles],
        }


def _placements(store: Store, latest: Context, rows: list[CycleRow], iso3: str) -> list[dict[str, Any]]:
    """A line a Report that ranked the country, or that decided or listed it in the ledger."""
    published = history_of(latest.config.placements).placements.get(iso3, {})
    decided = {row.report_year: store.tiers.placements(row.report_year).get(iso3) for row in rows}
    listed = {
        row.report_year - 1: entry
        for row in rows
        for entry in store.cycles.special_watch_list(row.report_year)
        if entry.iso3 == iso3
    }
    lines = []
    for year in sorted({*published, *(year for year, one in decided.items() if one), *listed}):
        row, ours, entry = published.get(year), decided.get(year), listed.get(year)
        lines.append(
            {
                "report_year": year,
                "tier": row.tier if row else None,
                "tier_name": tier_name(row.tier) if row else None,
                "effective_on": str(row.effective_on) if row and row.effective_on else None,
                "source": row.source if row else None,
                "decided": {
                    "tier": ours.tier,
                    "decided_by": ours.decided_by,
                    "decided_at": iso(ours.decided_at),
                    "waived": bool(ours.waiver),
                }
                if ours
                else None,
                "special_watch_list": {"group": entry.group, "because": entry.because} if entry else None,
            }
        )
    return lines


def _cycle(store: Store, row: CycleRow, iso3: str) -> dict[str, Any]:
    year = row.report_year
    cycle = context(year)
    at = row.closed_at or store.last_tick_at() or row.opened_at
    working = cycle.places.of_post(cycle.config.post_for(iso3))
    owed = [one for one in store.obligations.of_cycle(year, country=iso3) if one.step in _BY_POST]
    return {
        "report_year": year,
        "opened_at": iso(row.opened_at),
        "closed_at": iso(row.closed_at) if row.closed_at else None,
        "asks": [_ask(store, cycle, one, at) for one in owed],
        "punctuality": asdict(punctuality(owed, working, at=at)),
        "recommendations": _recommendations(store, cycle, iso3) if owed else [],
        "recommended_tiers": [
            {
                "side": one.side,
                "position": one.position,
                "tier": one.tier,
                "recorded_at": iso(one.recorded_at),
            }
            for one in store.tiers.recommendations(year, iso3)
        ],
        "split": [
            {
                "level": one.level,
                "holder": one.holder,
                "opened_at": iso(one.opened_at),
                "outcome": one.outcome,
                "tier": one.tier,
                "decided_at": iso(one.decided_at) if one.decided_at else None,
            }
            for one in store.tiers.levels(year, iso3)
        ],
        "clearances": [
            {
                "document": one.document,
                "decision": one.decision,
                "position": one.position,
                "decided_at": iso(one.decided_at),
                "note": one.note,
            }
            for decisions in store.clearances.of_cycle(year).values()
            for one in decisions
            if one.country == iso3
        ],
        "releases": [
            {
                "document": one.document,
                "version": one.version,
                "nature": one.nature,
                "released_at": iso(one.released_at),
            }
            for one in store.releases.of_cycle(year)
        ],
    }


def _ask(store: Store, cycle: Context, owed: Obligation, at: datetime) -> dict[str, Any]:
    working = cycle.places.of_owner(owed.post)
    sent = [one for one in store.notices.of_obligations([owed.key]) if one.state == "sent" and one.decided_at]
    days = {(one.level > 0, working.local_date(one.decided_at)) for one in sent if one.decided_at}
    latest = store.submissions.latest(owed.key)
    return {
        "step": owed.step,
        "asked_at": iso(owed.opened_at) if owed.opened_at else None,
        "first_planned_on": owed.original_on.isoformat(),
        "planned_on": owed.planned_on.isoformat(),
        "answered_at": iso(owed.answered_at) if owed.answered_at else None,
        "standing": owed.standing,
        "complete": owed.complete,
        "days_late": days_late(owed, working, at=at),
        "versions": latest.version if latest else 0,
        "reminded": sum(not above for above, _ in days),
        "escalated": sum(above for above, _ in days),
    }


def _recommendations(store: Store, cycle: Context, iso3: str) -> list[dict[str, Any]]:
    plan, year = cycle.config.plans.get(iso3), cycle.config.report_year
    if plan is None:
        return []
    said = last_statuses(store, cycle)
    return [
        {
            "id": item.id,
            "high_priority": item.high_priority,
            "text": item.text,
            "first_asked": item.first_asked or year,
            "year_asked": item.year_asked(year),
            "asked": year_asked(item.year_asked(year)),
            "status": said[iso3, item.id].status,
            "source": said[iso3, item.id].source or None,
            "reported_on": str(said[iso3, item.id].reported_on) if said[iso3, item.id].reported_on else None,
        }
        for item in plan.recommendations
    ]
