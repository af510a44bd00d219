"""What does a filled template of a request hold? Its blocks, told apart by how they begin.

A block is what stands between blank lines; its lines are joined. `= ` begins the title, `# ` a heading, `## ` a
subheading, `-- [HP1] ` an item with its label, `-- ` a point, `> ` a remark and
`>> ` a note beneath an item; all else is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "subheading", "item", "point", "remark", "note", "text"]

_BLANK = re.compile(r"\n[ \t]*\n")
_BEGINNINGS: tuple[tuple[str, Kind], ...] = (
    ("= ", "title"),
    ("# ", "heading"),
    ("## ", "subheading"),
    ("-- ", "point"),
    ("> ", "remark"),
    (">> ", "note"),
)
_ITEM = re.compile(r"-- \[(?P<label>[^\[\]]+)\] (?P<text>.*)")


@dataclass(frozen=True)
class Part:
    """One block on one line; `label` is an item's, else empty."""

    kind: Kind
    text: str
    label: str = ""


def parts_of(text: str) -> tuple[Part, ...]:
    """The blocks of a filled template, in order; empty ones are left out."""
    blocks = (" ".join(block.split()) for block in _BLANK.split(text))
    return tuple(_part(block) for block in blocks if block)


def _part(block: str) -> Part:
    if item := _ITEM.fullmatch(block):
        return Part("item", item["text"], item["label"])
    for beginning, kind in _BEGINNINGS:
        if block.startswith(beginning):
            return Part(kind, block.removeprefix(beginning))
    return Part("text", block)
