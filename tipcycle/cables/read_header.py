"""What does the header of a cable say: from whom, to whom, about what, with reference to which cables?

Source: 5 FAH-2 H-222 to H-252; 09 STATE 97909, where the block from classification to REF stands twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tipcycle.cables.header_fields import CLASSIFIED, LETTERED, HeaderField, HeaderFields, split_fields
from tipcycle.cables.read_transmission import SentLines
from tipcycle.cables.reading import Oddity
from tipcycle.cables.reference import leading_number
from tipcycle.model.cable import Addressee, Header, Reference

PRECEDENCES = ("FLASH", "NIACT IMMEDIATE", "IMMEDIATE", "PRIORITY", "ROUTINE")
_ADDRESSEE = re.compile(
    rf"(?P<designator>.*?)(?: (?P<precedence>{'|'.join(PRECEDENCES)}))?(?: \d{{4}})?(?: (?P<late>{PRECEDENCES[3]}))?"
)
_CAPITALS = re.compile(r"[A-Z]+(?: [A-Z]+){0,2}")


@dataclass(frozen=True)
class TopOfCable:
    """The header, its banner, the line of each part by keyword, where cable and text start, and what was odd."""

    header: Header
    banner: str
    lines: dict[str, int]
    first_line: int
    end: int
    oddities: tuple[Oddity, ...]


def read_header(lines: Sequence[str], sent: SentLines) -> TopOfCable:
    """The header; a part that is not there is empty, and one that stands again is told and skipped.

    Lines above a transmission are the archive's. Above a cable that was not sent they are its banner, and directly
    above the first keyword stands its precedence.
    """
    found = split_fields(lines[: sent.end], sent.start)
    first = _first_of_each(found)
    oddities = _oddities(found, first)
    if sent.transmission:
        oddities = _above(lines[: sent.above]) + oddities
        banner, precedence, first_line = "", sent.precedence, sent.above + 1
    else:
        banner, precedence, first_line = _precedence(lines, found)
    header = replace(_header(first), precedence=precedence)
    if header.precedence == "IMMEDIATE" and any(one.precedence.startswith("NIACT") for one in header.to):
        header = replace(header, precedence="NIACT IMMEDIATE")
    return TopOfCable(
        header=header,
        banner=banner,
        lines={keyword: one.line for keyword, one in first.items()},
        first_line=first_line,
        end=found.end if found.fields else sent.start,
        oddities=tuple(oddities),
    )


def _first_of_each(found: HeaderFields) -> dict[str, HeaderField]:
    first: dict[str, HeaderField] = {}
    for one in found.fields:
        first.setdefault(one.keyword, one)
    return first


def _header(first: dict[str, HeaderField]) -> Header:
    classified, *captions = _values(first, "CLASSIFICATION") or [""]
    level = CLASSIFIED.fullmatch(classified)
    return Header(
        sender=_text(first, "FM"),
        to=_addressees(first, "TO"),
        info=_addressees(first, "INFO"),
        classification=_closed_up(level["level"]) if level else "",
        origin=(level["origin"] or "") if level else "",
        serial=int(level["serial"]) if level and level["serial"] else None,
        captions=tuple(captions),
        executive_order=_text(first, "E.O."),
        tags=tuple(re.findall(r"[^,\s]+", _text(first, "TAGS"))),
        subject=_text(first, "SUBJECT"),
        references=_references(first["REF"].values) if "REF" in first else (),
    )


def _values(first: dict[str, HeaderField], keyword: str) -> list[str]:
    """The lines of a part with single spaces, without empty ones."""
    values = first[keyword].values if keyword in first else []
    return [" ".join(value.split()) for value in values if value.strip()]


def _text(first: dict[str, HeaderField], keyword: str) -> str:
    return " ".join(_values(first, keyword))


def _closed_up(level: str) -> str:
    """`S E C R E T` is the same as `SECRET`."""
    return level.replace(" ", "") if re.fullmatch(r"[A-Z](?: [A-Z])+", level) else level


def _addressees(first: dict[str, HeaderField], keyword: str) -> tuple[Addressee, ...]:
    """`AMEMBASSY BAKU PRIORITY 0000`: the four digits are the station's."""
    addressees = []
    for value in _values(first, keyword):
        found = _ADDRESSEE.fullmatch(value)
        if found:
            addressees.append(Addressee(found["designator"], found["precedence"] or ""))
    return tuple(addressees)


def _references(values: Sequence[str]) -> tuple[Reference, ...]:
    entries: list[tuple[str, list[str]]] = []
    for value in values:
        found = LETTERED.fullmatch(value)
        if found:
            entries.append((found["letter"], [found["text"]]))
        elif entries:
            entries[-1][1].append(value)
        elif value.strip():
            entries.append(("", [value]))
    return tuple(_reference(letter, " ".join(" ".join(words).split())) for letter, words in entries)


def _reference(letter: str, text: str) -> Reference:
    numbered = leading_number(text)
    if numbered is None:
        return Reference(letter, None, text)
    number, title = numbered
    bracketed = title.startswith("(") and title.endswith(")")
    return Reference(letter, number, title[1:-1].strip() if bracketed else title.lstrip(":,;- "))


def _precedence(lines: Sequence[str], found: HeaderFields) -> tuple[str, str, int]:
    """The banner, the precedence, and the number of the line on which the cable starts, none of it if no header."""
    if not found.fields:
        return "", "", 1
    above = list(lines[: found.start])
    precedence = above.pop() if above and _CAPITALS.fullmatch(above[-1]) else ""
    return " ".join(" ".join(above).split()), precedence, 1


def _above(lines: Sequence[str]) -> list[Oddity]:
    written = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return [Oddity("lines_above", None, written[0][0], f"{len(written)} lines")] if written else []


def _oddities(found: HeaderFields, first: dict[str, HeaderField]) -> list[Oddity]:
    odd = [Oddity("unread_line", None, number, line) for number, line in found.unread]
    again = [one for one in found.fields if one is not first[one.keyword]]
    if again:
        differing = [one.keyword for one in again if one.values != first[one.keyword].values]
        keywords = ", ".join(one.keyword for one in again)
        odd.append(Oddity("repeated_header", None, again[0].line, keywords, ", ".join(differing)))
    return sorted(odd, key=lambda oddity: oddity.line)
