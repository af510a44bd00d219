"""Where did the transmission eat a quote or an apostrophe? `&words8` was quoted, `post,s` had an apostrophe.

Source: 09 STATE 97909, paras 2, 3 and 8. A mended text is as long as the scarred one, so places in it stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = re.compile(r"(?<![A-Za-z0-9])&(?=[A-Za-z0-9])(?P<words>[^&]{1,200}?)(?<=[A-Za-z.,!?)])8(?![A-Za-z0-9])")
_POSSESSIVE = re.compile(r"(?P<owner>[A-Za-z]{2,40}),s(?![A-Za-z])")
# Reading: a plural before a comma is nearly always an enumeration, so only owners and things owned that action
# requests speak of are taken for a lost apostrophe.
_PLURAL = re.compile(
    r"(?P<owner>\b(?:countries|embassies|governments|ministries|officials|posts|traffickers|victims)), "
    r"(?=(?:actions|capacity|compliance|efforts|laws|obligations|progress|responses|rights)\b)"
)


@dataclass(frozen=True)
class Scar:
    """What stands at `offset`, and as what it is read."""

    offset: int
    stands: str
    read_as: str


def find_scars(text: str, *, guesses: bool) -> tuple[Scar, ...]:
    """The scars in the order of the text; with `guesses` also those that only the words around them give away."""
    found = sorted(_each(text, guesses=guesses), key=lambda scar: scar.offset)
    return tuple(found)


def mend(text: str) -> str:
    """The text with the quotes and apostrophes that it had."""
    for scar in find_scars(text, guesses=True):
        text = text[: scar.offset] + scar.read_as + text[scar.offset + len(scar.stands) :]
    return text


def _each(text: str, *, guesses: bool) -> Iterator[Scar]:
    for found in _QUOTED.finditer(text):
        yield Scar(found.start(), found[0], f'"{found["words"]}"')
    for found in _POSSESSIVE.finditer(text):
        yield Scar(found.start(), found[0], f"{found['owner']}'s")
    for found in _PLURAL.finditer(text) if guesses else ():
        yield Scar(found.start(), found[0].rstrip(), f"{found['owner']}'")
