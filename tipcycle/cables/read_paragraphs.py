"""What are the paragraphs of a cable, and which blocks of text does each hold?

Source: 5 FAH-1 H-246 (numbers, portion marks); 09 STATE 97909, whose paragraphs have blank lines inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tipcycle.cables.quote_scars import find_scars, mend
from tipcycle.cables.reading import BlockPlace, Oddity
from tipcycle.model.cable import Paragraph

# (LOU) and the like are gone; "/NF" and "/REL" may follow a classified mark.
PORTION_MARKS = ("U", "SBU", "SBU/NF", "C", "C/NF", "S", "S/NF", "TS", "TS/NF")
_MARK = rf"\((?P<mark>{'|'.join(PORTION_MARKS)})\)"
PARAGRAPH = re.compile(rf"(?P<number>\d{{1,3}})\.(?:\s*{_MARK})?(?:\s+(?P<text>.*))?")
_UNNUMBERED = re.compile(rf"(?:{_MARK}(?:\s+|$))?(?P<text>.*)")
_RULED = re.compile(r"-{3,}")


@dataclass(frozen=True)
class Body:
    """The paragraphs, the places of their blocks, the line on which each starts, and what was odd."""

    paragraphs: tuple[Paragraph, ...]
    places: tuple[tuple[BlockPlace, ...], ...]
    starts: tuple[int, ...]
    oddities: tuple[Oddity, ...]


@dataclass
class _Open:
    """A paragraph while it is read; each block is a list of (line number, text of the line)."""

    number: int | None
    mark: str | None
    line: int
    blocks: list[list[tuple[int, str]]] = field(default_factory=list)


def read_paragraphs(lines: Sequence[str], *, start: int, transmitted: bool) -> Body:
    """The text from the line with index `start` on.

    A paragraph starts at the left margin with its number, below a blank line; without one only if it is the next
    number and has a mark. In a transmitted cable scars of quotes are mended, and a sentence that a blank line breaks
    is joined; both are told.
    """
    oddities: list[Oddity] = []
    paragraphs, places, starts = [], [], []
    for opened in _split(lines, start):
        if transmitted:
            opened.blocks = _joined(opened, oddities)
        text, where = [], []
        for block in opened.blocks:
            unfolded, place = _unfolded(block)
            oddities += _scars(unfolded, place, opened.number, transmitted=transmitted)
            text.append(mend(unfolded) if transmitted else unfolded)
            where.append(place)
        paragraphs.append(Paragraph(opened.number, opened.mark, tuple(text)))
        places.append(tuple(where))
        starts.append(opened.line)
    return Body(tuple(paragraphs), tuple(places), tuple(starts), tuple(oddities))


def _split(lines: Sequence[str], start: int) -> Iterator[_Open]:
    opened: _Open | None = None
    below_blank = True
    for number, line in enumerate(lines[start:], start + 1):
        text = " ".join(line.split())
        found = PARAGRAPH.fullmatch(line)
        if found and (below_blank or _follows(found, opened)):
            if opened:
                yield opened
            opened = _Open(int(found["number"]), found["mark"], number)
            text = " ".join((found["text"] or "").split())
            if text:
                opened.blocks.append([(number, text)])
        elif text and opened is None:
            opened = _unnumbered(number, text)
        elif text and opened:
            _add(opened, number, text, new_block=below_blank, ruled=bool(_RULED.fullmatch(line)))
        below_blank = not line.strip()
    if opened:
        yield opened


def _unnumbered(number: int, text: str) -> _Open:
    """Text without a number, as the only paragraph of a cable may be; it may have a mark."""
    found = _UNNUMBERED.fullmatch(text)
    mark, rest = (found["mark"], found["text"]) if found else (None, text)
    return _Open(None, mark, number, [[(number, rest)]] if rest else [])


def _follows(found: re.Match[str], opened: _Open | None) -> bool:
    last = opened.number if opened else None
    return last is not None and found["mark"] is not None and int(found["number"]) == last + 1


def _add(opened: _Open, number: int, text: str, *, new_block: bool, ruled: bool) -> None:
    """Put a line into the last block or into a new one; a line under a heading is left out."""
    if new_block or not opened.blocks:
        opened.blocks.append([(number, text)])
    elif not ruled:
        opened.blocks[-1].append((number, text))


def _joined(opened: _Open, oddities: list[Oddity]) -> list[list[tuple[int, str]]]:
    """The blocks, with those put together that a page break tore apart in the middle of a sentence."""
    joined: list[list[tuple[int, str]]] = []
    for block in opened.blocks:
        if joined and _runs_on(joined[-1][-1][1], block[0][1]):
            stands = f"{' '.join(joined[-1][-1][1].split()[-3:])} / {' '.join(block[0][1].split()[:3])}"
            oddities.append(Oddity("broken_sentence", opened.number, block[0][0] - 1, stands, "one block"))
            joined[-1] = joined[-1] + block
        else:
            joined.append(block)
    return joined


def _runs_on(before: str, after: str) -> bool:
    return (before[-1].islower() or before[-1] == ",") and after[0].islower()


def _unfolded(block: Sequence[tuple[int, str]]) -> tuple[str, BlockPlace]:
    starts, offset = [], 0
    for number, text in block:
        starts.append((offset, number))
        offset += len(text) + 1
    return " ".join(text for _, text in block), BlockPlace(tuple(starts))


def _scars(text: str, place: BlockPlace, paragraph: int | None, *, transmitted: bool) -> Iterator[Oddity]:
    for scar in find_scars(text, guesses=transmitted):
        read_as = scar.read_as if transmitted else ""
        yield Oddity("quote_scar", paragraph, place.line_at(scar.offset), scar.stands, read_as)
