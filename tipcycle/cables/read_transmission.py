"""Has a cable gone out, when, and over whose name? The station's lines above it and the signature below.

Source: 5 FAH-2 H-321 (start of message, routing, precedence and date-time group); 09 STATE 97909.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tipcycle.model.cable import Transmission

PROSIGNS = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
_DATED = re.compile(r"(?P<prosign>[ZOPR]) (?P<day>\d{2})(?P<time>\d{4})Z (?P<month>[A-Z]{3}) (?P<year>\d{2})\b.*")
_STATION = re.compile(r"VZCZC\w*.*|[ZOPR]{2} R[A-Z]{4,7}\b.*|DE R[A-Z]{4,7} .*|ZNR [UCST].*")
_SIGNATURE = re.compile(r"[A-Z][A-Z' -]{2,30}")
_END_OF_MESSAGE = re.compile(r"N{4}|#\d{1,8}")
# A station's lines stand above all of these; further down the same letters are text.
_CABLE = re.compile(r"(?:FM|TO) .*|SUBJECT:.*|\d{1,3}\..*")


@dataclass(frozen=True)
class SentLines:
    """The transmission or None, the precedence of its prosign, and the lines between which the cable stands.

    `start` is the index of the first line behind the station's, `above` that of its first; `end` is the index after
    the last line of text.
    """

    transmission: Transmission | None
    precedence: str
    above: int
    start: int
    end: int


def read_transmission(lines: Sequence[str]) -> SentLines:
    """What the station added; a cable without any of its lines has not been sent."""
    top = next((number for number, line in enumerate(lines) if _CABLE.fullmatch(line)), len(lines))
    found = [number for number, line in enumerate(lines[:top]) if _STATION.fullmatch(line) or _DATED.fullmatch(line)]
    if not found:
        return SentLines(None, "", 0, 0, len(lines))
    station = tuple(lines[number] for number in found)
    dated = next((match for line in station if (match := _DATED.fullmatch(line))), None)
    end, signature = _signature(lines, found[-1])
    return SentLines(
        transmission=Transmission(station, _moment(dated) if dated else None, signature),
        precedence=PROSIGNS[dated["prosign"]] if dated else "",
        above=found[0],
        start=found[-1] + 1,
        end=end,
    )


def _moment(dated: re.Match[str]) -> datetime | None:
    """`212016Z SEP 09` in UTC; None if there is no such moment."""
    told = f"{dated['day']} {dated['time']} {dated['month']} {dated['year']}"
    try:
        return datetime.strptime(told, "%d %H%M %b %y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _signature(lines: Sequence[str], above: int) -> tuple[int, str]:
    """The index of the line after the text, and the name below it."""
    end = len(lines)
    while end > above + 1 and (not lines[end - 1] or _END_OF_MESSAGE.fullmatch(lines[end - 1])):
        end -= 1
    if end > above + 1 and _SIGNATURE.fullmatch(lines[end - 1]):
        return end - 1, lines[end - 1]
    return end, ""
