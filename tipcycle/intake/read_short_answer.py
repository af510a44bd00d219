"""What did the form of an answer page say? Read without trusting it; a fault is told in words, beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from tipcycle.model.answer import NAMES_A_DAY, ShortAnswer
from tipcycle.model.moment import day

LONGEST_NOTE = 500
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Said:
    """One short answer, ready to be kept."""

    answer: ShortAnswer
    report_on: date | None
    note: str


@dataclass(frozen=True)
class Fault:
    """Why a form says nothing that can be kept: which of its answers, which field, and what to do."""

    answer: str
    field: str
    told: str


def read_short_answer(fields: Mapping[str, str], *, today: date, planned_on: date) -> Said | Fault:
    """`today` is the post's own; a promised day is today or later, one asked for lies behind `planned_on` too."""
    answer = next((one for one in get_args(ShortAnswer) if one == fields.get("answer")), None)
    if answer is None:
        return Fault("", "answer", "Choose one of the answers below.")
    note = " ".join("".join(c if c.isprintable() else " " for c in fields.get("note", "")).split())
    if len(note) > LONGEST_NOTE:
        told = f"The note has {len(note)} characters; please keep it to {LONGEST_NOTE}."
        return Fault(answer, "note", told)
    if answer not in NAMES_A_DAY:
        return Said(answer, None, note)
    return _with_day(answer, fields.get("report_on", "").strip(), note, today=today, planned_on=planned_on)


def _with_day(answer: ShortAnswer, typed: str, note: str, *, today: date, planned_on: date) -> Said | Fault:
    try:
        report_on = date.fromisoformat(typed)
    except ValueError:
        told = "Enter the day, such as 2009-11-27." if not typed else "This is no day; write it as 2009-11-27."
        return Fault(answer, "report_on", told)
    if report_on < today:
        return Fault(answer, "report_on", f"{day(report_on)} is over already; name a day from today on.")
    if report_on > today + _FURTHEST:
        return Fault(answer, "report_on", f"{day(report_on)} is more than a year away; name an earlier day.")
    if answer == "extension" and report_on <= planned_on:
        return Fault(answer, "report_on", f"It is due on {day(planned_on)} anyway; name a later day.")
    return Said(answer, report_on, note)
