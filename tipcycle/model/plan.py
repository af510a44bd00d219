"""What is a country asked to do? The action plan, its recommendations, and the library they may come from.

Source: 09 STATE 97909 para 9 (short-term items are `high_priority`; the others follow by pillar).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tipcycle.model.post import Iso3

Pillar = Literal["prosecution", "protection", "prevention", "coordination"]
PILLARS: tuple[Pillar, ...] = ("prosecution", "protection", "prevention", "coordination")

_Text = Annotated[str, Field(min_length=10, max_length=1500)]


class Recommendation(BaseModel):
    """One thing asked; `answers` is the shortcoming's text, `note` is for the post only and never leaves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}[1-9][0-9]?$")]
    high_priority: bool = False
    pillar: Pillar
    text: _Text
    answers: Annotated[str, Field(min_length=3)]
    note: str = ""


class LibraryEntry(BaseModel):
    """A general recommendation, written by us, that example plans draw on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    pillar: Pillar
    text: _Text
    shortcoming: Annotated[str, Field(min_length=10)]
    note: str = ""


class ActionPlan(BaseModel):
    """All that one country is asked in one cycle: high-priority items first, then by pillar."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Iso3
    report_year: int
    example: bool
    source: str
    recommendations: Annotated[tuple[Recommendation, ...], Field(min_length=1)]

    @property
    def high_priority(self) -> tuple[Recommendation, ...]:
        """The items that answer the placement's shortcomings, in the plan's order."""
        return tuple(item for item in self.recommendations if item.high_priority)

    def further(self, pillar: Pillar) -> tuple[Recommendation, ...]:
        """The other items of one pillar, in the plan's order."""
        return tuple(item for item in self.recommendations if item.pillar == pillar and not item.high_priority)
