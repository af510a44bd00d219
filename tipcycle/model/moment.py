"""How is a moment written for people? Weekday and date in the reader's own zone, UTC beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo


def day(on: date) -> str:
    """`Sun 15 Nov 2009`."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def long_day(on: date) -> str:
    """`November 15, 2009`, as a cable writes it."""
    return f"{on:%B} {on.day}, {on.year}"


def long_days(days: Iterable[date]) -> str:
    """`October 16 and 30, November 6, 2009; January 5, 2010`: each day once, in order, as a document writes them."""
    years = groupby(sorted(set(days)), key=lambda on: on.year)
    return "; ".join(f"{_of_year(of_year)}, {year}" for year, of_year in years)


def short_day(on: date) -> str:
    """`15 Nov`."""
    return f"{on.day} {on:%b}"


def local(at: datetime, zone: ZoneInfo) -> str:
    """`Sun 15 Nov 2009 23:59 (UTC+4)`."""
    there = at.astimezone(zone)
    return f"{day(there.date())} {there:%H:%M} ({offset(there)})"


def prose(at: datetime, zone: ZoneInfo) -> str:
    """`23:59 local time on Sunday, November 15, 2009`."""
    there = at.astimezone(zone)
    return f"{there:%H:%M} local time on {there:%A}, {long_day(there.date())}"


def utc(at: datetime) -> str:
    """`Sun 15 Nov 2009 19:59 UTC`."""
    there = at.astimezone(UTC)
    return f"{day(there.date())} {there:%H:%M} UTC"


def iso(at: datetime) -> str:
    """`2009-11-15T19:59:59Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _of_year(days: Iterable[date]) -> str:
    months = groupby(days, key=lambda on: f"{on:%B}")
    return ", ".join(f"{month} {_listed([str(on.day) for on in of_month])}" for month, of_month in months)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def offset(there: datetime) -> str:
    """`UTC-4:30`, as in force at that moment."""
    delta = there.utcoffset()
    minutes = int(delta.total_seconds() // 60) if delta else 0
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
