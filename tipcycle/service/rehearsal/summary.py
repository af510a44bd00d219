"""How did a rehearsal end, in numbers?"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.moment import iso
from tipcycle.operations.context import context
from tipcycle.operations.count_cycle import (
    SUBMISSION_STEPS,
    count_notices,
    count_standings,
    due_submissions,
    posts_owing,
)
from tipcycle.operations.tier_state import asked_countries
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.service.rehearsal.stage import Stage
from tipcycle.settings import settings
from tipcycle.store import Store


def summarize(report_year: int, next_year: int, stage: Stage, *, at: datetime) -> dict[str, Any]:
    """Everything that can be counted at `at`; the ledger's rows are written to ledger.csv, sorted, and hashed."""
    now = settings()
    with Store.read(now.ledger_url) as store:
        entries = store.cycles.special_watch_list(report_year)
        due = due_submissions(store, report_year, by=at)
        summary: dict[str, Any] = {
            "report_year": report_year,
            "posts": len(posts_owing(store, report_year)),
            "special_watch_list": sum(entry.counted for entry in entries),
            "territories": sum(not entry.counted for entry in entries),
            "notices": count_notices(store, report_year),
            "messages": len(stage.accepted),
            "submissions": count_standings(due) | {"refused": store.submissions.refused_count()},
            "submissions_by_step": {
                step: count_standings(one for one in due if one.step == step) for step in SUBMISSION_STEPS
            },
            "asked_in_winter": _asked_in_winter(store, report_year),
            **_assessments(store, report_year),
            "next_cycle": _next_cycle(store, next_year),
        }
    documents = [path for folder in ("documents", "releases") for path in (now.var_dir / folder).rglob("*")]
    return summary | {
        "documents": sum(path.is_file() for path in documents),
        "duplicates": sum(count - 1 for count in stage.accepted.values()),
        "ledger_sha256": write_ledger(stage.folder / "ledger.csv", report_year),
    }


def _asked_in_winter(store: Store, report_year: int) -> dict[str, int]:
    """Of how many countries the annual submission is owed, and how many a Report of these two years placed."""
    asked = set(asked_countries(store, report_year))
    reports = (report_year - 1, report_year)
    placed = {one.iso3 for one in context(report_year).config.placements if one.report_year in reports}
    return {"countries": len(asked), "with_a_placement": len(asked & placed)}


def _assessments(store: Store, report_year: int) -> dict[str, Any]:
    """Placements by tier, splits by the level that ended them, decisions of clearers, overrides and releases."""
    decisions = [one for found in store.clearances.of_cycle(report_year).values() for one in found]
    levels = store.tiers.levels(report_year)
    return {
        "chapters": {kind: len(store.chapters.latest_of_cycle(report_year, kind)) for kind in CHAPTERS_OF.values()},
        "placements": dict(sorted(Counter(one.tier for one in store.tiers.placements(report_year).values()).items())),
        "splits": {
            "countries": len({one.iso3 for one in levels}),
            "ended": dict(sorted(Counter(f"{one.outcome} at {one.level}" for one in levels if one.outcome).items())),
        },
        "clearances": dict(sorted(Counter(one.decision for one in decisions).items())),
        "overrides": [
            f"{one.document} without {one.without}, signed by {one.approver} on {one.decided_at:%Y-%m-%d}"
            for found in store.clearances.overrides(report_year).values()
            for one in found
        ],
        "released": [
            {
                "document": one.document,
                "version": one.version,
                "nature": one.nature,
                "released_at": iso(one.released_at),
                "inputs_hash": one.inputs_hash,
            }
            for one in store.releases.of_cycle(report_year)
        ],
    }


def _next_cycle(store: Store, next_year: int) -> dict[str, Any] | None:
    """The cycle that follows and the entries of its special watch list; None while it is not open."""
    if store.cycles.find(next_year) is None:
        return None
    entries = store.cycles.special_watch_list(next_year)
    groups = Counter(entry.group for entry in entries)
    return {"report_year": next_year, "entries": len(entries), "groups": dict(sorted(groups.items()))}
