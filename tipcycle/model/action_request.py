"""What is one country asked, as a value? One content for the cable, the non-paper, the talking points and the notes.

Every product reads its own part and the facts that all share, so that what a part has no field for cannot get into
it: there is no place for a note in a non-paper. Source: 09 STATE 97909 paras 2 to 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tipcycle.model import moment
from tipcycle.model.earlier_cable import EarlierCable
from tipcycle.model.plan import Pillar

Product = Literal["cable", "non-paper", "talking-points", "notes"]
Marking = Literal["U", "SBU"]


@dataclass(frozen=True)
class Deadline:
    """Due at `due_at`; `day_off` is why the post does not work that day ("rest day", a holiday's name), or empty."""

    due_at: datetime
    zone: ZoneInfo
    day_off: str
    last_working_day: date

    @property
    def day(self) -> date:
        """The day, on the post's own clock."""
        return self.due_at.astimezone(self.zone).date()

    @property
    def local(self) -> str:
        """`23:59 local time on Sunday, November 15, 2009`, on the post's own clock."""
        return moment.prose(self.due_at, self.zone)

    @property
    def utc(self) -> str:
        """`Sun 15 Nov 2009 19:59 UTC`."""
        return moment.utc(self.due_at)


@dataclass(frozen=True)
class TwoYearLimit:
    """The limit of 22 U.S.C. 7107(b)(2)(D) as it stands for one country.

    `counted_reports`: in how many Reports it has been on the Tier 2 Watch List, as far as they count.
    `earliest_effect`: the first Report in which the limit can put it on Tier 3.
    """

    counted_reports: int
    earliest_effect: int


@dataclass(frozen=True)
class LimitLaw:
    """The two-year limit as the law of the day has it; `decider` is as a sentence names it, `the President`.

    `reports` in a row, counted from the Report of `counts_from`, after which the next is bound; `waiver_years` more.
    """

    reports: int
    counts_from: int
    waiver_years: int
    decider: str

    @property
    def first_effect(self) -> int:
        """The first Report of all that the limit can touch."""
        return self.counts_from + self.reports


@dataclass(frozen=True)
class About:
    """What every product says alike; `years` is `2009-2010`, `dated` the day of the request in Washington.

    `country` is as a sentence names it, `post_title` is `Embassy Baku`. `moved_up` is empty for the Tier 2 Watch List,
    else how the country moved: `to Tier 1`, `from Tier 3 to Tier 2`. Without `has_non_paper` nothing is recommended.
    """

    iso3: str
    country: str
    post: str
    post_title: str
    report_year: int
    years: str
    period: tuple[date, date]
    interim_by: date
    moved_up: str
    demarche_due: Deadline
    report_due: Deadline
    limit: TwoYearLimit | None
    limit_law: LimitLaw | None
    dated: date
    has_non_paper: bool
    example: bool


@dataclass(frozen=True)
class AskedItem:
    """One thing asked; `concern` is the number of the concern it answers, from 1, or None for others."""

    id: str
    text: str
    pillar: Pillar
    shortcoming: str
    concern: int | None = None


@dataclass(frozen=True)
class PillarItems:
    """The further items of one pillar, in the plan's order; never empty."""

    pillar: Pillar
    items: tuple[AskedItem, ...]


@dataclass(frozen=True)
class NonPaper:
    """What the government is handed. `concerns`: the shortcomings behind the placement, each once."""

    about: About
    concerns: tuple[str, ...]
    high_priority: tuple[AskedItem, ...]
    further: tuple[PillarItems, ...]
    proposed_by_post: tuple[AskedItem, ...]


@dataclass(frozen=True)
class TalkingPoints:
    """What is said to the government; `high_priority` are named with the concern that each answers.

    `grounds` are those of the law for the Report to come, in its order, first enacted in `grounds_since`;
    `ground` is the one behind this placement, or empty where that is not known.
    """

    about: About
    grounds: tuple[str, ...]
    grounds_since: int
    ground: str
    high_priority: tuple[AskedItem, ...]
    has_further: bool


@dataclass(frozen=True)
class PostNote:
    """Background to one item, for post alone."""

    item: AskedItem
    high_priority: bool
    note: str


@dataclass(frozen=True)
class PostNotes:
    """How post can go about it: one entry an item with a note, high-priority ones first."""

    about: About
    notes: tuple[PostNote, ...]


@dataclass(frozen=True)
class ActionRequest:
    """All of one country's request. `references` are in the order of their letters.

    `precedence` and `executive_order` (on classified information, by its number) are those in force on the day.
    """

    about: About
    addressee: str
    precedence: str
    executive_order: str
    tags: str
    subject: str
    references: tuple[EarlierCable, ...]
    non_paper: NonPaper
    talking_points: TalkingPoints
    post_notes: PostNotes

    @property
    def watch_listed(self) -> bool:
        """On the Tier 2 Watch List; else on the special watch list because it moved up."""
        return not self.about.moved_up
