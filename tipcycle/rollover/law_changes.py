"""Which law is new in the next cycle? Each parameter that another value governs, with its reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tipcycle.model.law import Law
from tipcycle.model.parameter import DatedValue, Parameter


@dataclass(frozen=True)
class LawChange:
    """`before` and `now` in words (None: there was no such law). `since` is the day of the newer value.

    `governs` is `the Report` where the law of the next Report is another one than that of the last, and
    `from its day` where another value begins in between or in the course of the next cycle, for what counts by the day.
    """

    parameter: str
    what: str
    governs: str
    since: date
    before: str | None
    now: str
    reference: str


def law_changes(law: Law, *, report_year: int, until: date) -> tuple[LawChange, ...]:
    """From the Report of `report_year` to the next; `until` is the planned day of that next Report."""
    changes = []
    for name in sorted(Law.model_fields):
        parameter: Parameter[Any] = getattr(law, name)
        old, new = parameter.for_report(report_year), parameter.for_report(report_year + 1)
        known = {old.start if old else None}
        if new and new.start not in known:
            changes.append(_change(parameter, old, new, "the Report"))
            known.add(new.start)
        after = old.start if old else date.min
        begun = [one for one in parameter.values if one.start not in known and after < one.start <= until]
        changes += [_change(parameter, parameter.on(_day_before(one.start)), one, "from its day") for one in begun]
    return tuple(changes)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _change(parameter: Parameter[Any], old: DatedValue[Any] | None, new: DatedValue[Any], governs: str) -> LawChange:
    return LawChange(
        parameter=parameter.id,
        what=parameter.what,
        governs=governs,
        since=new.start,
        before=_in_words(old.value) if old else None,
        now=_in_words(new.value),
        reference=new.reference,
    )


def _in_words(value: Any) -> str:
    """A value on one line: a mapping as `name: text`, a list joined."""
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_in_words(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_in_words(one) for one in value)
    return str(value)
