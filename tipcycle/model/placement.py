"""Where was a country placed, when, and what does that make it? Source: 22 U.S.C. 7107(b); config/placements/.

A Report may name a country a special case: it is in the Report, on no list. `none` is another fact, and one of the
ledger alone: it was decided that the Report does not place the country at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tier = Literal["1", "2", "2WL", "3", "special", "none"]
Group = Literal["tier_2_watch_list", "moved_up_to_1", "moved_up_from_3"]
PUBLISHED: tuple[Tier, ...] = ("1", "2", "2WL", "3", "special")  # what a Report, and so a placement file, may say

_NAMES: dict[Tier, str] = {
    "1": "Tier 1",
    "2": "Tier 2",
    "2WL": "Tier 2 Watch List",
    "3": "Tier 3",
    "special": "special case",
    "none": "not placed",
}


def tier_name(tier: Tier) -> str:
    """`Tier 2 Watch List`: the Department's name for what the statute calls a list."""
    return _NAMES[tier]


def proposed(tier: Tier) -> str:
    """As what is recommended: `Tier 2`, or `no placement`."""
    return "no placement" if tier == "none" else tier_name(tier)


def placed_on(tier: Tier) -> str:
    """`placed on Tier 2`, or `not placed`."""
    return tier_name(tier) if tier == "none" else f"placed on {tier_name(tier)}"


@dataclass(frozen=True)
class Placement:
    """One country's tier in one Report; `effective_on` None is the Report itself, a date is a correction."""

    report_year: int
    iso3: str
    tier: Tier
    source: str
    effective_on: date | None = None
    day_assumed: bool = False
    country: str = ""


@dataclass(frozen=True)
class Listed:
    """An entry of the special watch list; `counted` is False for a territory assessed as if a country."""

    iso3: str
    group: Group
    counted: bool
    because: str


@dataclass(frozen=True)
class ListCorrection:
    """A change of a recorded list; `group` is None for an entry that was dropped. `number` counts a cycle's from 1."""

    report_year: int
    number: int
    iso3: str
    group: Group | None
    counted: bool
    because: str
    reason: str
    approver: str
    corrected_at: datetime
