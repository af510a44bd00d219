"""Which blocks of a cable's text have a name, and does each end as it began?

Source: 09 STATE 97909: action request (begun once, continued twice, never ended), talking points, and an action plan
that ends as a non-paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tipcycle.model.cable import NamedBlock, Paragraph

_NAME = r"[A-Za-z][A-Za-z-]*(?: [A-Za-z-]+){0,3}"
_BEGIN = re.compile(rf"Begin (?P<name>{_NAME})(?:, [^:]{{1,80}})?:(?: (?P<rest>.+))?", re.IGNORECASE)
_CONTINUED = re.compile(rf"(?P<name>{_NAME}) continued:(?: (?P<rest>.+))?", re.IGNORECASE)
_END = re.compile(rf"End (?P<name>{_NAME})\.?", re.IGNORECASE)
_END_OF_TEXT = re.compile(rf"(?P<text>.*[.:;!?\")]) End (?P<name>{_NAME})\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Ending:
    """An End, with the number of its paragraph and the places of its block: index of paragraph, index of block."""

    name: str
    paragraph: int | None
    at: tuple[int, int]


@dataclass(frozen=True)
class Beginning:
    """A Begin and the block that it begins; `at` as in `Ending`."""

    block: NamedBlock
    at: tuple[int, int]


@dataclass(frozen=True)
class Blocks:
    """The named blocks in order, and each End that ends none of them."""

    begun: tuple[Beginning, ...]
    stray: tuple[Ending, ...]


@dataclass(frozen=True)
class _Piece:
    """A block of text as it bears on names: what it begins or continues, what it ends, and the text without that."""

    at: tuple[int, int]
    paragraph: int | None
    text: str
    begins: str = ""
    continues: str = ""
    ends: str = ""


def find_blocks(paragraphs: Sequence[Paragraph]) -> Blocks:
    """Each `Begin name:` with the text up to its End; a block holds no other, so the next Begin ends it at the latest.

    1. An End of the same name (capitals do not matter) closes it, in whichever paragraph.
    2. Otherwise the first End of another name in the same paragraph closes it, which is told by `closed_by`.
    3. Otherwise it holds the rest of its paragraph, and the paragraphs after it that start `Name continued:`.
    """
    pieces = [_piece((p, b), one, text) for p, one in enumerate(paragraphs) for b, text in enumerate(one.text)]
    starts = [number for number, piece in enumerate(pieces) if piece.begins]
    begun, used = [], set()
    for first, behind in pairwise([*starts, len(pieces)]):
        reach = pieces[first:behind]
        last = _end_of(reach)
        inside = _left_open(reach) if last is None else reach[: last + 1]
        if last is not None:
            used.add(reach[last].at)
        block = NamedBlock(
            name=reach[0].begins,
            paragraphs=tuple(dict.fromkeys(one.paragraph for one in inside)),
            text=tuple(one.text for one in inside if one.text),
            closed_by=None if last is None else reach[last].ends,
        )
        begun.append(Beginning(block, reach[0].at))
    stray = [Ending(one.ends, one.paragraph, one.at) for one in pieces if one.ends and one.at not in used]
    return Blocks(tuple(begun), tuple(stray))


def named_blocks(paragraphs: Sequence[Paragraph]) -> tuple[NamedBlock, ...]:
    """The named blocks in the order in which they begin."""
    return tuple(one.block for one in find_blocks(paragraphs).begun)


def _piece(at: tuple[int, int], paragraph: Paragraph, text: str) -> _Piece:
    alone = _END.fullmatch(text)
    if alone:
        return _Piece(at, paragraph.number, "", ends=alone["name"])
    begin, continued, ends = _BEGIN.fullmatch(text), _CONTINUED.fullmatch(text), ""
    opened = begin or continued
    rest = (opened["rest"] or "") if opened else text
    closing = _END_OF_TEXT.fullmatch(rest)
    if closing:
        rest, ends = closing["text"], closing["name"]
    return _Piece(
        at,
        paragraph.number,
        rest,
        begins=begin["name"] if begin else "",
        continues=continued["name"] if continued and not begin else "",
        ends=ends,
    )


def _end_of(reach: Sequence[_Piece]) -> int | None:
    """The index of the piece that ends the block which the first one begins; None if it is left open."""
    ends = [number for number, piece in enumerate(reach) if piece.ends]
    own = (number for number in ends if reach[number].ends.lower() == reach[0].begins.lower())
    here = (number for number in ends if reach[number].at[0] == reach[0].at[0])
    return next(own, next(here, None))


def _left_open(reach: Sequence[_Piece]) -> list[_Piece]:
    """The rest of its paragraph, and the paragraphs that continue it."""
    name = reach[0].begins.lower()
    going_on = {reach[0].at[0]} | {one.at[0] for one in reach if one.continues.lower() == name}
    return [one for one in reach if one.at[0] in going_on]
