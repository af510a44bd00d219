"""How does a deadline get into a calendar? One event an obligation; a new plan updates the old event (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from tipcycle.model.message import Attachment
from tipcycle.model.obligation import Obligation


def deadline_ics(obligations: Iterable[tuple[Obligation, str]], *, at: datetime) -> Attachment:
    """`deadlines.ics` with an event for each obligation and its heading, at its due moment and without a length."""
    calendar = Calendar()
    calendar.add("prodid", "-//tipcycle//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for obligation, heading in obligations:
        event = Event()
        event.add("uid", f"{obligation.key.replace(':', '.')}@tipcycle.example")
        event.add("sequence", obligation.version - 1)
        event.add("dtstamp", at)
        event.add("dtstart", obligation.due_at)
        event.add("summary", f"Due: {heading}")
        calendar.add_component(event)
    return Attachment("deadlines.ics", "text/calendar", calendar.to_ical().decode())
