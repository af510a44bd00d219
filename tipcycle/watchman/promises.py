"""Which notices do the ladders promise for one obligation? Reckoned from config for each plan that it had.

At nine in the morning of a working day of the recipient: a reminder on the worked day before, an escalation on the one
after. Nothing is promised for a day before the obligation was asked, or before its plan was in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tipcycle.model.ladder import Rung
from tipcycle.model.obligation import Obligation
from tipcycle.watchman.asked import Plan, plans_of
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.local_time import Clocks

_OUR_OFFICE = "gtip"
_DIRECTOR = "gtip.director"
_BUREAUS = ("af", "eap", "eur", "nea", "sca", "wha")


@dataclass(frozen=True)
class Promise:
    """One notice as it must stand in the ledger, whatever became of it; `since` is when its plan came into force."""

    key: str
    obligation: str
    version: int
    days: int
    position: str
    level: int
    channel: str
    kind: str
    due_at: datetime
    latest_by: datetime | None
    since: datetime


def promises_of(facts: Facts, owed: Obligation, clocks: Clocks) -> list[Promise]:
    """The promises of every plan of an obligation that was asked; none before."""
    if owed.opened_at is None:
        return []
    plans = plans_of(facts, owed, clocks)
    found: list[Promise] = []
    for number, plan in enumerate(plans):
        ended = plans[number + 1].since if number + 1 < len(plans) else None
        if ended and ended <= owed.opened_at:
            continue  # it was changed before anybody was asked
        since = max(plan.since, owed.opened_at) if plan.version > 1 else owed.opened_at
        found += _of_plan(facts, owed, plan, since, clocks)
    return found


def _of_plan(facts: Facts, owed: Obligation, plan: Plan, since: datetime, clocks: Clocks) -> Iterator[Promise]:
    config = facts.config
    ladder = config.ladders[config.owed(owed.step).ladder]
    over_at = clocks.at_post(owed.post).last_second(plan.planned_on)
    due = {
        (rung.days, position): (rung, _falls_due(rung, plan, position, clocks))
        for rung in ladder.rungs
        for position in _told(facts, rung, owed)
    }
    for (days, position), (rung, due_at) in due.items():
        if due_at < since:
            continue
        later = [moment for (other, _), (_, moment) in due.items() if other > days and moment > due_at]
        yield Promise(
            f"notice:{owed.report_year}:{owed.step}:{owed.subject}:v{plan.version}:{days:+d}:{position}",
            owed.key,
            plan.version,
            days,
            position,
            0 if position == owed.owner else config.positions[position].level,
            rung.channel,
            rung.kind,
            due_at,
            over_at if days < 0 else min(later, default=None),
            since,
        )


def _falls_due(rung: Rung, plan: Plan, position: str, clocks: Clocks) -> datetime:
    clock = clocks.of(position)
    day = plan.planned_on + timedelta(days=rung.days)
    return clock.morning(clock.roll(day, step=-1 if rung.days < 0 else 1))


def _told(facts: Facts, rung: Rung, owed: Obligation) -> Iterator[str]:
    """The positions of a rung; where there is no regional bureau, its rung is the office director's."""
    config = facts.config
    duty = owed.step in config.duties
    bureau = config.post_for(owed.country).bureau if owed.country and not duty else None
    for name in rung.to:
        match name:
            case "owner":
                yield owed.owner
            case "bureau":
                yield f"{bureau.lower()}.bureau" if bureau else _DIRECTOR
            case "bureaus":
                yield from (f"{one}.bureau" for one in _BUREAUS)
            case "director":
                yield _DIRECTOR
            case _:
                yield f"{owed.post or _OUR_OFFICE}.{name}"
