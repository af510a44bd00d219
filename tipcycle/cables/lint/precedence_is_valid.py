"""Does the cable have a precedence, and one that there was on its day?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "5 FAH-2 H-421"


def precedence_is_valid(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """PRIORITY existed in 2009 and was gone by 2017: the day is that of the date-time group, else `known.on`."""
    header = reading.cable.header
    line = reading.header_lines.get("FM")
    if not header.precedence:
        message, remedy = "The cable has no precedence.", "Put it on the line above FM."
        yield CableFinding("precedence.missing", layout_severity(reading), None, line, message, remedy, _SOURCE)
    day = _day(reading, known)
    in_force = known.precedences.on(day) if day else None
    allowed = in_force.value if in_force else ()
    ever = {name for value in known.precedences.values for name in value.value}
    named = [header.precedence, *(one.precedence for one in (*header.to, *header.info))]
    for precedence in dict.fromkeys(filter(None, named)):
        if precedence not in ever:
            message, remedy = f"{precedence} is no precedence.", f"Use one of {', '.join(sorted(ever))}."
            yield CableFinding("precedence.unknown", layout_severity(reading), None, line, message, remedy, _SOURCE)
        elif day and precedence not in allowed:
            message = f"{precedence} was not a precedence on {day.isoformat()}."
            remedy = f"Use one of {', '.join(allowed)}." if allowed else "Check the date-time group."
            yield CableFinding("precedence.not_valid", layout_severity(reading), None, line, message, remedy, _SOURCE)
        elif day is None and any(precedence not in value.value for value in known.precedences.values):
            message = f"{precedence} was a precedence at some times only, and this cable has no day."
            remedy = "Name the day with --on, or use another precedence."
            yield CableFinding("precedence.needs_day", "warning", None, line, message, remedy, _SOURCE)


def _day(reading: Reading, known: Known) -> date | None:
    sent = reading.cable.transmission
    return sent.dated_at.date() if sent and sent.dated_at else known.on
