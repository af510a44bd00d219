"""Everything that config/ says about one cycle, loaded, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tipcycle.model.clearance_chain import ClearanceChain
from tipcycle.model.duty import Duty
from tipcycle.model.earlier_cable import EarlierCable
from tipcycle.model.ladder import Ladder
from tipcycle.model.law import Law
from tipcycle.model.placement import Placement
from tipcycle.model.plan import ActionPlan
from tipcycle.model.position import Position
from tipcycle.model.post import Country, Post, Territory
from tipcycle.model.split_levels import NOBODY, DecisionLevel, Placing
from tipcycle.model.step import Calendar, Step


@dataclass(frozen=True, eq=False)
class CycleConfig:
    """The cycle named by `calendar.report_year`; mappings are keyed by id or iso3. Equal only to itself.

    `plans_written` is False while the cycle has no folder of plans: they are written after it was opened.
    `references` are those of this cycle's action requests, in the order of their letters.
    `split_levels` stand in the order in which a split is raised.
    `clearance` maps a kind of document to its chain, `holidays` a country's iso3 to its public holidays; `USA`
    holds the federal ones.
    """

    calendar: Calendar
    ladders: Mapping[str, Ladder]
    posts: Mapping[str, Post]
    positions: Mapping[str, Position]
    law: Law
    countries: Mapping[str, Country]
    territories: tuple[Territory, ...]
    placements: tuple[Placement, ...]
    plans: Mapping[str, ActionPlan]
    holidays: Mapping[str, Mapping[date, str]]
    references: tuple[EarlierCable, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=dict)
    split_levels: tuple[DecisionLevel, ...] = ()
    placing: Placing = NOBODY
    plans_written: bool = True
    clearance: Mapping[str, ClearanceChain] = field(default_factory=dict)

    @property
    def report_year(self) -> int:
        """The Report this cycle leads to."""
        return self.calendar.report_year

    @property
    def previous_report(self) -> int:
        """The Report whose placements this cycle follows up."""
        return self.calendar.report_year - 1

    def owed(self, step: str) -> Step | Duty:
        """What an obligation's `step` means: a step of the calendar or a duty, its words, ladder and legal bound."""
        return self.duties[step] if step in self.duties else self.calendar.step(step)

    def post_for(self, iso3: str) -> Post:
        """The post that answers for a country; config is refused if there is none."""
        return self._post_of[iso3]

    @cached_property
    def _post_of(self) -> Mapping[str, Post]:
        return {iso3: post for post in self.posts.values() for iso3 in post.covers}
