"""Which messages and positions does a hold keep back now? Asked by whatever seals or sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tipcycle.model.hold import Hold
from tipcycle.model.keys import number_of_code
from tipcycle.operations.context import Context, context
from tipcycle.reminders.hold import HeldBack, held_positions, hold_over, in_force
from tipcycle.store import Store


def holds_of(store: Store, report_year: int, at: datetime) -> tuple[Hold, ...]:
    """The holds of a cycle that are in force at `at`, in order."""
    return tuple(one for one in _standing(store, at) if one.report_year == report_year)


def as_of(store: Store, at: datetime) -> datetime:
    """`at`, or when the last hold was recorded that nobody lifted: what was decided since the last tick counts."""
    return max([at, *(one.recorded_at for one in store.holds.standing())])


def held_in(store: Store, cycle: Context, at: datetime) -> dict[str, HeldBack]:
    """The positions of a cycle to which nothing is sent at `at`, by id."""
    return held_positions(cycle.config.positions, holds_of(store, cycle.config.report_year, at), at=at)


def without_held(store: Store, keys: Sequence[str], at: datetime) -> list[str]:
    """Those of `keys` whose recipient is not held back, in their order. Where nothing is on hold it is one look.

    A one-time code is never held back: somebody at a form waits for it, and it is over within the hour.
    """
    standing = _standing(store, at)
    if not standing:
        return list(keys)
    held = {
        key
        for key, year, position in store.messages.addressed_to(keys)
        if number_of_code(key) is None
        and _held(position, [one for one in standing if one.report_year == year], year, at)
    }
    return [key for key in keys if key not in held]


def _standing(store: Store, at: datetime) -> list[Hold]:
    """Those in force; one that was recorded counts at once, also where the clock was put back since."""
    known = [replace(one, recorded_at=min(one.recorded_at, at)) for one in store.holds.standing()]
    return [one for one in known if in_force(one, at)]


def _held(position: str, holds: Sequence[Hold], year: int, at: datetime) -> bool:
    seats = context(year).config.positions if holds else {}
    return position in seats and hold_over(seats[position], holds, at=at) is not None
