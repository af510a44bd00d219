"""Which lines of a cable's header belong to which of its parts? One field for each keyword, in the order of the text.

Source: 5 FAH-2 H-231 to H-252; 09 STATE 97909, whose REF list has blank lines inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tipcycle.cables.read_paragraphs import PARAGRAPH

CLASSIFIED = re.compile(
    r"(?P<level>UNCLASSIFIED|UNCLAS(?: EFTO| FOUO)?|CONFIDENTIAL|C O N F I D E N T I A L|TOP SECRET|SECRET|S E C R E T)"
    r"(?: SECTION \d+ OF \d+)?(?:\s+(?P<origin>[A-Z]+(?: [A-Z]+){0,3}?))?(?:\s+(?P<serial>\d{1,7}))?"
)
# Not with one space before it: the writer sets that before text which only looks like a letter of REF.
LETTERED = re.compile(r"(?: {2,6})?(?P<letter>[A-Z]{1,2})\.\s+(?P<text>.*)")
_KEYWORDS = {
    "FM": re.compile(r"FM(?:\s+(.*))?"),
    "TO": re.compile(r"TO(?:\s+(.*))?"),
    "INFO": re.compile(r"INFO(?:\s+(.*))?"),
    "CLASSIFICATION": re.compile(f"({CLASSIFIED.pattern})"),
    "E.O.": re.compile(r"E\.?O\.?:?\s+(.*)"),
    "TAGS": re.compile(r"TAGS:?(?:\s+(.*))?"),
    "SUBJECT": re.compile(r"SUBJ(?:ECT)?:(?:\s*(.*))?"),
    "REF": re.compile(r"REF(?:TEL)?S?(?::(?:\s*(.*))?|\s+((?:[A-Z]\.|\d).*))"),
}
_LISTS = ("TO", "INFO")
_LONGEST = 200


@dataclass
class HeaderField:
    """One keyword, the number of its line, and what follows it, line by line with its own blanks at the left."""

    keyword: str
    line: int
    values: list[str] = field(default_factory=list)


@dataclass
class HeaderFields:
    """The fields, the indexes of the first and after the last header line, and the lines that fit no field."""

    fields: list[HeaderField]
    start: int
    end: int
    unread: list[tuple[int, str]] = field(default_factory=list)


def split_fields(lines: Sequence[str], start: int) -> HeaderFields:
    """The header that starts at the first keyword from index `start` on; no fields if a paragraph comes first.

    It ends above the first paragraph, or above text that stands a blank line below SUBJECT or REF and is no keyword.
    A field goes on until a blank line; captions below the classification, and REF, go on over blank lines.
    """
    first = next((at for at in range(start, len(lines)) if _keyword(lines[at]) or PARAGRAPH.fullmatch(lines[at])), None)
    if first is None or not _keyword(lines[first]):
        return HeaderFields([], start, start)
    found = HeaderFields([], first, len(lines))
    below_blank = False
    for at in range(first, len(lines)):
        line = lines[at]
        if not line.strip():
            below_blank = True
            continue
        if not _take(line, at + 1, found, below_blank=below_blank):
            found.end = at
            break
        below_blank = False
    return found


def _take(line: str, number: int, found: HeaderFields, *, below_blank: bool) -> bool:
    """Put the line into a field; False if the text starts with it."""
    keyword = _keyword(line)
    last = found.fields[-1] if found.fields else None
    if keyword:
        value = next((group for group in keyword[1].groups()[:2] if group is not None), "")
        if last and last.keyword == keyword[0] and keyword[0] in _LISTS:
            last.values.append(value)
        else:
            found.fields.append(HeaderField(keyword[0], number, [value]))
        return True
    has_subject = any(one.keyword == "SUBJECT" for one in found.fields)
    if PARAGRAPH.fullmatch(line) and (below_blank or has_subject):
        return False
    if last and _goes_on(last, line, below_blank=below_blank):
        last.values.append(line)
        return True
    if has_subject and below_blank:
        return False
    found.unread.append((number, line))
    return True


def _goes_on(last: HeaderField, line: str, *, below_blank: bool) -> bool:
    if last.keyword == "REF":
        return not below_blank or LETTERED.fullmatch(line) is not None
    return last.keyword == "CLASSIFICATION" or not below_blank


def _keyword(line: str) -> tuple[str, re.Match[str]] | None:
    if len(line) > _LONGEST:
        return None
    for keyword, pattern in _KEYWORDS.items():
        found = pattern.fullmatch(line)
        if found:
            return keyword, found
    return None
