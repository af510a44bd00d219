"""Which paragraphs and references does a text speak of? `para 8`, `paras 2-4`, `reftel B`, `refs A and C`.

Source: 09 STATE 97909 paras 1, 2, 4 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_AND = r"(?:\s?-\s?|\s?/\s?|, and |,? ?and |,? ?or |, | to | through )"
_PARAS = re.compile(rf"\bpara(?:graph)?s?\.? (?P<list>\d{{1,3}}(?:{_AND}\d{{1,3}})*)(?![\d])", re.IGNORECASE)
_LETTERED = re.compile(
    rf"\b(?:[Rr]ef(?:tel)?s?|REF(?:TEL)?S?)\.? (?P<list>[A-Z](?![A-Za-z'])(?:{_AND}[A-Z](?![A-Za-z']))*)"
)
_UNLETTERED = re.compile(r"\b(?:[Rr]eftels?|REFTELS?|REF)\b(?!\.? [A-Z](?![A-Za-z']))")
# The paragraphs of another document: "para 3 of reftel B", "reftel B, para 3", "ref A paras 2-4".
_OF_ANOTHER = re.compile(r"\s*(?:\([a-z0-9]\)\s*)?(?:of|in)\s+(?:ref|the\s+(?:report|act|law))", re.IGNORECASE)
_AFTER_ANOTHER = re.compile(r"(?:\breftel|\bref|\breftel [A-Z]|\bref [A-Z]),?\s*\(?$", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>\w+)(?:\s?-\s?| to | through )(?P<last>\w+)")


def referred_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Each paragraph of this cable that the text refers to, with the offset of the reference; of a range, both ends."""
    for found in _PARAS.finditer(text):
        before = text[max(0, found.start() - 20) : found.start()]
        if _OF_ANOTHER.match(text, found.end()) or _AFTER_ANOTHER.search(before):
            continue
        for number in re.finditer(r"\d+", found["list"]):
            yield found.start("list") + number.start(), int(number[0])


def referred_letters(text: str) -> Iterator[tuple[int, str]]:
    """Each reference that the text refers to, with the offset; "reftel" alone is the letter "", a range is whole."""
    for found in _UNLETTERED.finditer(text):
        yield found.start(), ""
    for found in _LETTERED.finditer(text):
        offset = found.start("list")
        for span in _RANGE.finditer(found["list"]):
            for code in range(ord(span["first"]) + 1, ord(span["last"])):
                yield offset + span.start(), chr(code)
        for letter in re.finditer(r"[A-Z]", found["list"]):
            yield offset + letter.start(), letter[0]
