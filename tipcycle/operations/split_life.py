"""How does a split open, go up a level and end inside another operation's transaction? None of these moves commits.

Whoever holds a split owes its settling (config/duties.yaml) and is reminded of it by the ordinary tick.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from tipcycle.errors import StoreError
from tipcycle.model.keys import duty_key
from tipcycle.model.placement import Tier
from tipcycle.model.split_levels import DecisionLevel
from tipcycle.model.tier_decision import SplitLevel
from tipcycle.operations.acting import signed
from tipcycle.operations.context import Context
from tipcycle.operations.obligation_life import ask_duty, fulfil
from tipcycle.store import Store

DUTY = "settle-split"


def open_level(store: Store, cycle: Context, iso3: str, level: DecisionLevel, *, number: int, at: datetime) -> str:
    """Let a split reach a level, and ask its holder; return who holds it until when, in words."""
    year = cycle.config.report_year
    store.tiers.open_level(SplitLevel(year, iso3, number, level.id, level.holder, opened_at=at))
    asked = ask_duty(store, cycle, DUTY, f"{iso3}.{number}", owner=level.holder, country=iso3, at=at)
    store.acts.add("open-split", asked.key, actor="tipcycle", at=at, level=level.id, holder=level.holder)
    return f"{level.what}, held by {level.holder}, to be settled by {asked.planned_on}"


def decide_level(
    store: Store,
    cycle: Context,
    level: SplitLevel,
    *,
    outcome: Literal["settled", "raised", "withdrawn"],
    tier: Tier | None = None,
    note: str,
    by: str,
    acting: str = "",
    at: datetime,
) -> None:
    """End a level as decided and what its holder owed with it; raises `StoreError` where another decided it first."""
    decided = replace(level, outcome=outcome, tier=tier, note=note, decided_by=by, decided_at=at, acting=acting)
    if not store.tiers.decide_level(decided):
        raise StoreError(f"{level.iso3}: somebody decided the split first; look: tipcycle place show {level.iso3}")
    owed = store.obligations.get(duty_key(level.report_year, DUTY, f"{level.iso3}.{level.number}"))
    standing: Literal["received", "waived"] = "waived" if outcome == "withdrawn" else "received"
    fulfil(store, cycle, owed, standing=standing, at=at, reason=note, approver=signed(by, acting))
    store.acts.add(
        f"split-{outcome}", owed.key, actor=acting or by, at=at, level=level.level, tier=tier, note=note, seat=by
    )


def let_lapse(store: Store, last: SplitLevel, *, note: str, by: str, at: datetime) -> None:
    """What was settled counts no more: a level is added that is withdrawn at once, so that the history is whole."""
    lapsed = replace(last, number=last.number + 1, opened_at=at, outcome=None, tier=None, note="", decided_by="")
    store.tiers.open_level(replace(lapsed, outcome="withdrawn", note=note, decided_by=by, decided_at=at, acting=""))
    store.acts.add("split-withdrawn", f"split:{last.report_year}:{last.iso3}", actor=by, at=at, note=note)


def level_of(cycle: Context, level_id: str) -> DecisionLevel:
    """The level of config that a row of the ledger names; raises `StoreError` where config lost it."""
    for level in cycle.config.split_levels:
        if level.id == level_id:
            return level
    raise StoreError(f'config/splits.yaml has no level "{level_id}" any more, and a split stands there; put it back')
