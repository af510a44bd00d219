"""What is a country asked to do? The action plan, its recommendations, and the library they may come from.

Source: 09 STATE 97909 para 9 (short-term items are `high_priority`; the others follow by pillar).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tipcycle.model.plain_text import without_direction
from tipcycle.model.post import Iso3

# A ground of 22 U.S.C. 7107(b)(2)(A)(iii), by its numeral.
Ground = Literal["I", "II", "III"]
Pillar = Literal["prosecution", "protection", "prevention", "coordination"]
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
PILLARS: tuple[Pillar, ...] = ("prosecution", "protection", "prevention", "coordination")

_NOTE = re.compile("[\\[\u3010\u3014\u3016\u27e6]|\\(\\s*notes?\\b", re.IGNORECASE)  # brackets of other scripts too


def _on_one_line(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


def _without_note(text: str) -> str:
    spelt = unicodedata.normalize("NFKC", text)  # a fullwidth bracket is a bracket
    if found := _NOTE.search(spelt):
        raise ValueError(
            f'"{spelt[found.start() :][:30]}" is a note, and this goes to the government; write it under note:'
        )
    return text


def _fit_to_hand_over(text: str) -> str:
    return without_direction(_without_note(text))


# Both are handed to the government, so without a bracketed note; white space is evened out.
AskedText = Annotated[
    str, Field(min_length=10, max_length=1500), BeforeValidator(_on_one_line), AfterValidator(_fit_to_hand_over)
]
_Shortcoming = Annotated[
    str, Field(min_length=3, max_length=1500), BeforeValidator(_on_one_line), AfterValidator(_fit_to_hand_over)
]


class Recommendation(BaseModel):
    """One thing asked; `answers` is the shortcoming's text, `note` is for the post only and never leaves it.

    `first_asked` is the report year of the cycle that asked it first, where that was an earlier one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}[1-9][0-9]?$")]
    high_priority: bool = False
    pillar: Pillar
    text: AskedText
    answers: _Shortcoming
    note: Annotated[str, BeforeValidator(_on_one_line)] = ""
    first_asked: Annotated[int, Field(ge=2001, le=2100)] | None = None

    def year_asked(self, report_year: int) -> int:
        """In that cycle it is asked for the n-th year: 1 where it is new."""
        return report_year - (self.first_asked or report_year) + 1


class LibraryEntry(BaseModel):
    """A general recommendation, written by us, that example plans draw on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    pillar: Pillar
    text: AskedText
    shortcoming: _Shortcoming
    note: str = ""


class ActionPlan(BaseModel):
    """All that one country is asked in one cycle: high-priority items first, then by pillar.

    `ground` is why the country is on the Tier 2 Watch List, where that is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Iso3
    report_year: int
    example: bool
    source: str
    ground: Ground | None = None
    recommendations: Annotated[tuple[Recommendation, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _nothing_was_asked_later(self) -> ActionPlan:
        for item in self.recommendations:
            if item.first_asked and item.first_asked > self.report_year:
                raise ValueError(f"{item.id}: first_asked is {item.first_asked}, after the plan's Report; correct it")
        return self

    @property
    def version(self) -> str:
        """The version of what is asked here."""
        return plan_version((item.id, item.high_priority, item.text) for item in self.recommendations)

    @property
    def high_priority(self) -> tuple[Recommendation, ...]:
        """The items that answer the placement's shortcomings, in the plan's order."""
        return tuple(item for item in self.recommendations if item.high_priority)

    def further(self, pillar: Pillar) -> tuple[Recommendation, ...]:
        """The other items of one pillar, in the plan's order."""
        return tuple(item for item in self.recommendations if item.pillar == pillar and not item.high_priority)


def year_asked(number: int) -> str:
    """`third year asked`; from the tenth on in digits."""
    ordinal = _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
    return f"{ordinal} year asked"


def plan_version(asked: Iterable[tuple[str, bool, str]]) -> str:
    """Twelve digits that change with the id, priority or text of any recommendation, whatever their order."""
    lines = sorted(f"{item_id}\t{urgent}\t{' '.join(text.split())}" for item_id, urgent, text in asked)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def standards_version(asked: Iterable[tuple[str, str]]) -> str:
    """Twelve digits that change with the number or text of any minimum standard, whatever their order."""
    return plan_version((number, False, text) for number, text in asked)
