"""What is due after a Report, from when to when, and is it done? Each with its reason.

Source: 22 U.S.C. 7107(b)(2)(A) (special watch list), (b)(2)(E) (waivers in public), (b)(4) (action plans), (c) and (d)
(determinations for Tier 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tipcycle.model.law import Law
from tipcycle.model.placement import Tier
from tipcycle.model.tier_decision import Determination
from tipcycle.parameters.statutory_days import (
    StatutoryDay,
    action_plan_due,
    determinations_due,
    special_watch_list_due,
    waiver_published_by,
)

State = Literal["open", "done", "done early", "done late", "late"]
PLAN, PUBLISHED = "action-plan", "waiver-published"
BESIDE_THE_LAW = {
    PUBLISHED: "the evidence behind a waiver was published",
    PLAN: "an action plan was presented to the government",
}


@dataclass(frozen=True)
class Placed:
    """A country's placement in the Report that is followed up."""

    tier: Tier
    before: Tier | None
    waived: bool


@dataclass(frozen=True)
class FollowUp:
    """One thing due after the Report; `iso3` is "" where it is about the Report as a whole, `kind` what was done.

    `open`: there is still time (or its first day is yet to come); `late`: the last day is over and it is not done.
    """

    what: str
    iso3: str
    first: date | None
    last: date
    done_on: date | None
    kind: str
    state: State
    source: str


def follow_ups(
    placed: Mapping[str, Placed],
    law: Law,
    *,
    report_on: date,
    list_recorded_on: date | None,
    determinations: Sequence[Determination],
    on: date,
) -> list[FollowUp]:
    """Everything due after the Report of `report_on` as it stands on the day `on`; the list first, then by country."""
    due = []
    listing = special_watch_list_due(law, report_on)
    if listing:
        due.append(_follow_up("special watch list of the next cycle", "", listing, list_recorded_on, on=on))
    for iso3, one in sorted(placed.items()):
        done = [other for other in determinations if other.iso3 == iso3]
        due += [follow_up for follow_up in _of_country(iso3, one, law, done, report_on=report_on, on=on) if follow_up]
    return due


def kinds_allowed(placed: Placed | None, law: Law, *, report_on: date) -> dict[str, str]:
    """What may be recorded of a country after that Report, each kind with what it means."""
    kinds: dict[str, str] = {}
    if placed is None:
        return kinds
    determined = law.determination_kinds.on(report_on)
    if placed.tier == "3" and determined:
        kinds |= determined.value
    if placed.waived and law.waiver_publication.on(report_on):
        kinds[PUBLISHED] = BESIDE_THE_LAW[PUBLISHED]
    if (placed.before, placed.tier) == ("3", "2WL"):
        kinds[PLAN] = BESIDE_THE_LAW[PLAN]
    return kinds


def kinds_known(law: Law) -> dict[str, str]:
    """Everything that may follow any Report, whatever law was in force, each kind with what it means."""
    determined = law.determination_kinds.values if law.determination_kinds else ()
    return {key: told for version in determined for key, told in version.value.items()} | BESIDE_THE_LAW


def _of_country(
    iso3: str, one: Placed, law: Law, done: Sequence[Determination], *, report_on: date, on: date
) -> Iterable[FollowUp | None]:
    def follow(what: str, day: StatutoryDay | None, kinds: Iterable[str]) -> FollowUp | None:
        if day is None:
            return None
        first = next((other for other in done if other.kind in kinds), None)
        done_on = first.done_on if first else None
        return _follow_up(what, iso3, day, done_on, kind=first.kind if first else "", on=on)

    if one.tier == "3":
        known = law.determination_kinds.on(report_on)
        window = determinations_due(law, report_on)
        yield follow("determination for a Tier 3 country", window, known.value if known else ())
    if (one.before, one.tier) == ("3", "2WL"):
        yield follow("action plan presented to the government", action_plan_due(law, report_on), (PLAN,))
    if one.waived:
        yield follow("evidence behind the waiver in public", waiver_published_by(law, report_on), (PUBLISHED,))


def _follow_up(what: str, iso3: str, day: StatutoryDay, done_on: date | None, *, kind: str = "", on: date) -> FollowUp:
    state = _state(day, done_on, on)
    return FollowUp(what, iso3, day.first, day.last, done_on, kind, state, day.by.reference)


def _state(day: StatutoryDay, done_on: date | None, on: date) -> State:
    if done_on is None:
        return "late" if on > day.last else "open"
    if done_on > day.last:
        return "done late"
    return "done early" if day.first and done_on < day.first else "done"
