"""Which values stand behind which labels in a block of an answer cable? `Label: value.` one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tipcycle.model.answer_cable import EMPTY


@dataclass(frozen=True)
class Labelled:
    """What stands before the first label, and each label with its value and the offset of that value in the block."""

    lead: str
    values: tuple[tuple[str, str, int], ...]


def split_labels(text: str, labels: Iterable[str], *, start: int = 0) -> Labelled:
    """The parts of `text` from `start` on; a label counts only at the start or after the end of a sentence."""
    found = list(_pattern(tuple(labels)).finditer(text, start))
    ends = [one.start() for one in found[1:]] + [len(text)]
    lead = text[start : found[0].start()] if found else text[start:]
    return Labelled(
        lead.strip(),
        tuple((one["label"], text[one.end() : end].strip(), one.end()) for one, end in zip(found, ends, strict=False)),
    )


def short(value: str) -> str:
    """A value without the period that ends it; empty where the template's mark still stands."""
    plain = value.rstrip(" .;")
    return "" if plain in EMPTY else plain


def long(value: str) -> str:
    """A text with its periods; empty where the template's mark still stands."""
    return "" if value.rstrip(" .;") in EMPTY else value


@cache
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(one) for one in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[.;!?)\"'\]]\s))(?P<label>{longest_first}):\s*", re.IGNORECASE)
