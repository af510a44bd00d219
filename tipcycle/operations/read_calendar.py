"""When is everything due, and who is told when? From config alone: the plan, before any fact of the year."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from tipcycle.calendar.deadline import WASHINGTON
from tipcycle.calendar.obligations import obligations_of
from tipcycle.config.find_post import find_post
from tipcycle.ladder.compile_notices import compile_notices
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.moment import iso
from tipcycle.model.obligation import Obligation
from tipcycle.model.step import Step
from tipcycle.operations.context import Context, context
from tipcycle.rules.special_watch_list import special_watch_list


def read_calendar(report_year: int, *, post: str | None = None) -> list[dict[str, Any]]:
    """One entry a step, post and country, in order of due moment; only those of `post` (name or id) if given.

    A step of the Department is one entry, also where it is owed for each country. No notice is listed that would
    fall due before the planned day of the step that opens it.
    """
    cycle = context(report_year)
    wanted = find_post(cycle.config, post) if post else None
    listed = [
        entry.iso3
        for entry in special_watch_list(
            cycle.config.placements,
            cycle.config.previous_report,
            on=None,
            territories=cycle.config.territories,
        )
    ]
    entries = []
    for step in cycle.config.calendar.steps:
        obligations = obligations_of(step, config=cycle.config, places=cycle.places, special_watch_list=listed)
        if step.owner == "department":
            entries += [] if wanted else [_entry(cycle, step, obligations)]
            continue
        entries += [_entry(cycle, step, [one]) for one in obligations if not wanted or one.post == wanted.id]
    entries.sort(key=lambda entry: (entry["due_at"], entry["step"], entry["country"] or ""))
    return entries


def _entry(cycle: Context, step: Step, obligations: list[Obligation]) -> dict[str, Any]:
    first = obligations[0]
    working = cycle.places.of_owner(first.post)
    notices: dict[tuple[int, str], dict[str, Any]] = {}
    for obligation in obligations:
        compiled = compile_notices(
            obligation,
            cycle.config.ladders[step.ladder],
            post=cycle.config.post_for(obligation.country) if obligation.country else None,
            positions=cycle.config.positions,
            places=cycle.places,
            opened_at=_planned_opening(cycle.config, step),
        )
        for notice in compiled.notices:
            zone = cycle.places.of(cycle.config.positions[notice.position]).zone
            notices[notice.days, notice.position] = {
                "rung": notice.days,
                "position": notice.position,
                "due_at": iso(notice.due_at),
                "due_local": notice.due_at.astimezone(zone).isoformat(),
                "latest_by": iso(notice.latest_by) if notice.latest_by else None,
            }
    owned_by_post = step.owner == "post"
    return {
        "step": step.id,
        "post": cycle.config.posts[first.post].name if first.post else None,
        "country": first.country if owned_by_post else None,
        "statutory_on": step.statutory_on.isoformat() if step.statutory_on else None,
        "statutory_from": step.statutory_from.isoformat() if step.statutory_from else None,
        "planned_on": step.planned_on.isoformat(),
        "due_at": iso(first.due_at),
        "due_local": first.due_at.astimezone(working.zone).isoformat(),
        "working_day": working.is_working(step.planned_on),
        "last_working_day": working.last_working_day(step.planned_on).isoformat(),
        "notices": [notices[key] for key in sorted(notices)],
    }


def _planned_opening(config: CycleConfig, step: Step) -> datetime:
    calendar = config.calendar
    opens_on = calendar.step(step.opens_with).planned_on if step.opens_with else calendar.opens_on
    return datetime.combine(opens_on, time(0), WASHINGTON).astimezone(UTC)
