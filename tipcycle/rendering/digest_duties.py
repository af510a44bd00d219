"""What does a digest say of duties: which texts wait for whose clearance, which splits for whose decision?

Rounds of one kind of document that one position owes are one item, and so are its splits: one command answers them all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tipcycle.model.notice import Notice

_WIDTH = 57  # of the text beside the names of its parts, so that a line ends at column 72


@dataclass(frozen=True)
class ToClear:
    """The documents of one kind that still wait for `owner` in its rounds.

    `chapters` are the countries by name with their iso3, in order; none where it is the compiled `assessment` itself.
    `also` are those that wait for it in rounds of which this mail does not tell. `texts`: where to read, line by line.
    """

    owner: str
    kind: str
    assessment: str
    chapters: tuple[tuple[str, str], ...]
    also: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many documents."""
        return len(self.chapters) or 1

    @property
    def heading(self) -> str:
        """`Clearance of 5 chapters of the interim assessment`."""
        if not self.chapters:
            return f"Clearance of the compiled {self.assessment}"
        return f"Clearance of {self.count} chapter{'s' if self.count != 1 else ''} of the {self.assessment}"

    @property
    def names(self) -> tuple[str, ...]:
        """The documents by name, wrapped; no name is torn."""
        return wrapped(self.chapters) if self.chapters else (f"compiled {self.assessment}",)

    @property
    def others(self) -> tuple[str, ...]:
        """The same for those of other rounds."""
        return wrapped(self.also)

    @property
    def one(self) -> str:
        """The country that stands in a command as the example."""
        return self.chapters[0][1] if self.chapters else ""


@dataclass(frozen=True)
class ToSettle:
    """One split: what office and bureau recommend, until when `owner` decides, and whether a level is above it."""

    owner: str
    country: str
    iso3: str
    office: str
    bureau: str
    due: str
    may_raise: bool


def wrapped(chapters: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """`Azerbaijan (AZE), Mali (MLI)` in lines."""
    told = ", ".join(f"{name} ({iso3})".replace(" ", "\N{NO-BREAK SPACE}") for name, iso3 in chapters)
    lines = textwrap.wrap(told, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return tuple(line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)


def all_to_clear(rounds: Sequence[ToClear]) -> ToClear | None:
    """Rounds of one position and kind as one; None where there is none."""
    if not rounds:
        return None
    first = rounds[0]
    chapters = sorted({one for each in rounds for one in each.chapters})
    also = sorted({one for each in rounds for one in each.also} - set(chapters))
    return ToClear(first.owner, first.kind, first.assessment, tuple(chapters), tuple(also), first.texts)


def items_of(
    notices: Iterable[Notice], to_clear: Mapping[str, ToClear], to_settle: Mapping[str, ToSettle]
) -> tuple[tuple[Notice, ...], ...]:
    """The notices that a digest tells as one item each, in the order of the first of them."""
    items: dict[tuple[str, ...], list[Notice]] = {}
    for notice in notices:
        round_, split = to_clear.get(notice.obligation), to_settle.get(notice.obligation)
        key: tuple[str, ...] = (notice.obligation,)
        if round_:
            key = (notice.step, round_.owner, round_.kind)
        elif split:
            key = (notice.step, split.owner)
        items.setdefault(key, []).append(notice)
    return tuple(tuple(item) for item in items.values())
