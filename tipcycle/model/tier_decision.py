"""Who recommended which tier, where do they differ, and who decided what? Source: DESIGN 6; GAO-17-56."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tipcycle.model.placement import Tier

Side = Literal["office", "bureau"]


@dataclass(frozen=True)
class TierRecommendation:
    """What the office or the regional bureau recommends for one country; a later one of the same side replaces it.

    `standards` are the numbers of the minimum standards that the rationale is tied to (`4.1` is an indicium).
    `position` is the seat in whose name it was recorded; `acting` is the position that did so in its place, or "".
    """

    number: int
    report_year: int
    iso3: str
    side: Side
    position: str
    tier: Tier
    rationale: str
    standards: tuple[str, ...]
    recorded_at: datetime
    acting: str = ""


@dataclass(frozen=True)
class SplitLevel:
    """A level that a split reached: who held it since when, and what was decided there (None: nothing yet).

    `number` counts a country's levels from 1. `outcome` is `settled` with the tier decided upon, `raised`, or
    `withdrawn` where both sides came to agree.
    """

    report_year: int
    iso3: str
    number: int
    level: str
    holder: str
    opened_at: datetime
    outcome: Literal["settled", "raised", "withdrawn"] | None = None
    tier: Tier | None = None
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    acting: str = ""


@dataclass(frozen=True)
class TierPlacement:
    """A placement that was decided; `number` counts a country's decisions in a cycle, the last one governs.

    `before` is the tier in the Report before, None where it was not placed. `waiver` holds the evidence by element
    where the two-year limit was waived, else it is empty.
    """

    report_year: int
    iso3: str
    number: int
    tier: Tier
    before: Tier | None
    rationale: str
    explanation: str
    standards: tuple[str, ...]
    waiver: dict[str, str]
    decided_by: str
    decided_at: datetime
    acting: str = ""


@dataclass(frozen=True)
class ReopenedPlacement:
    """A placement that was opened again: it governs no more, and both sides may recommend anew."""

    report_year: int
    iso3: str
    number: int
    reason: str
    reopened_by: str
    reopened_at: datetime


@dataclass(frozen=True)
class Determination:
    """What was determined after the Report: of a Tier 3 country, or that a waiver's evidence was published, or that
    an action plan was presented. `kind` is a paragraph of 22 U.S.C. 7107(d), `waiver-published` or `action-plan`.
    """

    number: int
    report_year: int
    iso3: str
    kind: str
    done_on: date
    note: str
    recorded_by: str
    recorded_at: datetime
