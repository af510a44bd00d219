"""What was read from a text, and where in the text does each part of it stand?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tipcycle.model.cable import Cable

# "lines_above": before the cable; "repeated_header"; "unread_line": in the header, and no part of it;
# "quote_scar": quotes or apostrophe lost in transmission; "broken_sentence": by a blank line inside it.
OddityKind = Literal["lines_above", "repeated_header", "unread_line", "quote_scar", "broken_sentence"]


@dataclass(frozen=True)
class Oddity:
    """A place where the text is not what a cable should be: what stands there, and as what it was read."""

    kind: OddityKind
    paragraph: int | None
    line: int
    stands: str
    read_as: str = ""


@dataclass(frozen=True)
class BlockPlace:
    """Where a block of text stands: for each of its lines the offset in the unfolded text, and the line number."""

    starts: tuple[tuple[int, int], ...]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the character at `offset`."""
        at = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[max(at - 1, 0)][1]


@dataclass(frozen=True)
class Reading:
    """A cable, its lines (without line ends, counted from 1), and the places of its parts.

    `header_lines` has the line of each header part that was found, by keyword: FM, TO, INFO, CLASSIFICATION, E.O.,
    TAGS, SUBJECT, REF. `places` has a `BlockPlace` for each block of each paragraph of the cable.
    """

    cable: Cable
    lines: tuple[str, ...]
    first_line: int
    header_lines: Mapping[str, int]
    places: tuple[tuple[BlockPlace, ...], ...]
    paragraph_lines: tuple[int, ...]
    oddities: tuple[Oddity, ...]

    @property
    def transmitted(self) -> bool:
        """Whether the cable has gone out, so that nobody can mend it any more."""
        return self.cable.transmission is not None

    def paragraph_at(self, line: int) -> int | None:
        """The number of the paragraph in which a line stands; None in the header."""
        at = bisect_right(self.paragraph_lines, line)
        return self.cable.paragraphs[at - 1].number if at else None
