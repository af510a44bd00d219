"""Which cable is meant by `09STATE97909`, `STATE 097909` or `2009 STATE 005577`? Year, origin and serial.

Source: 09 STATE 97909, which uses all of these forms for one scheme.
"""

from __future__ import annotations

import re

from tipcycle.model.cable import CableNumber

_NUMBER = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})\s*)?(?P<origin>[A-Z][A-Z&.'-]*(?: [A-Z&.'-]+)*)\s*(?P<serial>\d{1,7})(?![\dA-Za-z])"
)
# Reading: two digits are the century in which there were cables to number, 1973 to 2072.
_PIVOT = 73


def parse_number(text: str) -> CableNumber | None:
    """The number that `text` is, and nothing beside it; None if it is none. Capital letters only."""
    found = _NUMBER.fullmatch(" ".join(text.split()))
    return _number(found) if found else None


def leading_number(text: str) -> tuple[CableNumber, str] | None:
    """The number that `text` starts with, and the rest; None if it starts with none."""
    found = _NUMBER.match(text)
    if not found:
        return None
    return _number(found), text[found.end() :].strip()


def format_number(number: CableNumber) -> str:
    """`2009 STATE 97909`; without the year if it is not known, and without padding."""
    year = f"{number.year} " if number.year is not None else ""
    return f"{year}{number.origin} {number.serial}"


def archive_name(number: CableNumber) -> str:
    """`09STATE97909`, the name under which archives keep it."""
    year = f"{number.year % 100:02}" if number.year is not None else ""
    return f"{year}{number.origin.replace(' ', '')}{number.serial}"


def _number(found: re.Match[str]) -> CableNumber:
    return CableNumber(_year(found["year"]), found["origin"], int(found["serial"]))


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    if len(digits) == len("2009"):
        return int(digits)
    return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)
