"""What does an answer still touch on the day it comes? Source: 09 STATE 97909 para 4 (compiled into the narratives).

Before the draft it joins in; after it only its own chapter is written anew and goes back to clearance; after the
release it becomes a supplement for the full assessment. Late or not, an answer is never left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tipcycle.model.submission import SubmissionStep

Effect = Literal["joins_draft", "chapter_redrafted", "returns_to_clearance", "supplement"]


@dataclass(frozen=True)
class LateEffect:
    """What happens to the interim assessment, and a sentence that says so."""

    effect: Effect
    because: str


@dataclass(frozen=True)
class InterimMoments:
    """When the interim assessment was really drafted, cleared and released; None is not yet."""

    drafted_at: datetime | None
    cleared_at: datetime | None
    released_at: datetime | None


def late_effect(step: SubmissionStep, interim: InterimMoments, *, at: datetime) -> LateEffect:
    """What an answer that comes at `at` touches; a moment equal to that of a step comes after it."""
    if step == "annual-submission":
        return LateEffect("joins_draft", "It is for the full assessment, and joins its draft.")
    if interim.released_at and at >= interim.released_at:
        return LateEffect(
            "supplement",
            f"The interim assessment was released on {interim.released_at:%Y-%m-%d}: it becomes a supplement for the "
            "full assessment.",
        )
    if interim.cleared_at and at >= interim.cleared_at:
        return LateEffect(
            "returns_to_clearance",
            f"The interim assessment was cleared on {interim.cleared_at:%Y-%m-%d}: this chapter alone is written anew "
            "and returns to clearance.",
        )
    if interim.drafted_at and at >= interim.drafted_at:
        return LateEffect(
            "chapter_redrafted",
            f"The draft was made on {interim.drafted_at:%Y-%m-%d}: this chapter alone is written anew, before it is "
            "cleared.",
        )
    return LateEffect("joins_draft", "The draft is not made yet: it joins in.")
