"""What do the reporting instructions to one post say, as a value? Source: 22 U.S.C. 7107(b)(1); practice (DOMAIN 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tipcycle.model.action_request import Deadline
from tipcycle.model.step import Period


@dataclass(frozen=True)
class Instructed:
    """One country that a post answers for; `has_plan`: it was sent recommendations in this cycle.

    `in_text` is how a sentence names it. `placed` is whether the last Report placed it; one that was not is assessed
    all the same.
    """

    iso3: str
    name: str
    in_text: str
    tags: str
    placed: bool
    has_plan: bool


@dataclass(frozen=True)
class Instructions:
    """One post is asked for an annual submission on each of `countries`, in order of name.

    `standards` and `indicia` are those of the Report's law by number (`1`, `4.1`), in our words; `measured` is whom it
    measures.
    """

    report_year: int
    post: str
    post_title: str
    addressee: str
    executive_order: str
    countries: tuple[Instructed, ...]
    due: Deadline
    period: Period
    measured: str
    standards: Mapping[str, str]
    indicia: Mapping[str, str]

    @property
    def unplaced(self) -> tuple[Instructed, ...]:
        """Those that the last Report did not place."""
        return tuple(one for one in self.countries if not one.placed)

    @property
    def with_plan(self) -> tuple[Instructed, ...]:
        """Those that were sent recommendations in this cycle."""
        return tuple(one for one in self.countries if one.has_plan)

    @property
    def subject(self) -> str:
        """The subject line."""
        return f"INSTRUCTIONS FOR ANNUAL SUBMISSIONS TO THE {self.report_year} TRAFFICKING IN PERSONS REPORT"
