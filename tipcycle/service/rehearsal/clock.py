"""In what order does the rehearsed part of the year happen? One list of moments, each with one thing to do.

Files arrive before a UTC day begins; the Department acts at noon UTC, before its own morning's notices; the tick
closes the day and steps its due moments in order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def begins(day: date) -> datetime:
    """00:00:00 UTC: when the files of that day are taken in."""
    return datetime.combine(day, time(0), UTC)


def noon(day: date) -> datetime:
    """12:00 UTC, early morning in Washington: when the Department acts."""
    return datetime.combine(day, time(12), UTC)


def ends(day: date) -> datetime:
    """23:59:59 UTC: the moment up to which the tick steps."""
    return datetime.combine(day, time(23, 59, 59), UTC)
