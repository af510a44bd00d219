"""When is each step planned in the two cycles, and is that a working day? Statutory and planned, never merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig


@dataclass(frozen=True)
class StepDates:
    """One step in both cycles; `day_off` says why nobody works in Washington on the next planned day, or nothing."""

    step: str
    planned_before: date
    planned_on: date
    statutory_before: date | None
    statutory_on: date | None
    day_off: str


def step_dates(before: CycleConfig, now: CycleConfig) -> tuple[StepDates, ...]:
    """Every step, in the order of the next calendar."""
    washington = Places(now).washington
    return tuple(
        StepDates(
            step=step.id,
            planned_before=before.calendar.step(step.id).planned_on,
            planned_on=step.planned_on,
            statutory_before=before.calendar.step(step.id).statutory_on,
            statutory_on=step.statutory_on,
            day_off=washington.day_off(step.planned_on) or "",
        )
        for step in now.calendar.steps
    )
