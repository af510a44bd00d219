"""Which texts may come in from outside, and how do they go out into a cell? Plain ones, that nothing executes."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

# Control characters, those that turn the direction of writing round, and halves of characters.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
# Every character that says in which direction to write, the marks too, which a text of two scripts may need.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What a spreadsheet would run: "=1+1", "@SUM(A1)", "+cmd|...", "-2+3+cmd|...".
_RUNS = re.compile(r"\s*(?:[=@＝＠]|[+-][\w(][^\n]*(?:\||![A-Z$]))")
_LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain(text: str) -> str:
    """The text as it is; raises `ValueError` for hidden characters, and for what a spreadsheet would run."""
    hidden = _HIDDEN.search(text)
    if hidden:
        raise ValueError(f"the hidden character U+{ord(hidden.group()):04X} is in the text; take it out")
    if _RUNS.match(text):
        raise ValueError("the text reads as a formula; begin it with a word")
    return text


def without_direction(text: str) -> str:
    """The text as it is; raises `ValueError` for a character that turns writing round: no reader sees what it does."""
    if found := _DIRECTION.search(text):
        raise ValueError(f"the hidden character U+{ord(found.group()):04X} turns the writing round; take it out")
    return text


def harmless(text: str) -> str:
    """The text for a cell that we write: one that a spreadsheet might run gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_LEADS) else text


Line = Annotated[str, Field(max_length=2_000), AfterValidator(plain)]
Narrative = Annotated[str, Field(max_length=20_000), AfterValidator(plain)]
