"""Which countries are on the special watch list? Source: 22 U.S.C. 7107(b)(2)(A)(i) to (iii).

The list *includes* Tier 2 Watch List (iii); it also holds countries that moved up to Tier 1 (i) or from Tier 3 (ii).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tipcycle.model.moment import long_day
from tipcycle.model.placement import Group, Listed, Placement, Tier, tier_name
from tipcycle.model.post import Territory
from tipcycle.rules.placement_in_force import placements_in_force


def special_watch_list(
    rows: Iterable[Placement], report_year: int, *, on: date | None, territories: Iterable[Territory]
) -> tuple[Listed, ...]:
    """The entries that follow from the Report of `report_year` as corrected by `on` (None: by now), in order of iso3.

    A territory assessed as if it were a country is listed and owes like one, but is not counted as one.
    """
    rows = tuple(rows)
    uncounted = {territory.iso3 for territory in territories if territory.assessed_in(report_year)}
    before = placements_in_force(rows, report_year - 1, on=on)
    listed = []
    for iso3, placement in sorted(placements_in_force(rows, report_year, on=on).items()):
        was_placed = before.get(iso3)
        group = group_of(placement.tier, was_placed.tier if was_placed else None)
        if group is None:
            continue
        was = tier_name(before[iso3].tier) if iso3 in before else "not ranked"
        because = f"{report_year} Report: {tier_name(placement.tier)}; {report_year - 1} Report: {was}"
        if placement.effective_on:
            because += f"; corrected on {long_day(placement.effective_on)}"
        listed.append(Listed(iso3, group, iso3 not in uncounted, because))
    return tuple(listed)


def group_of(now: Tier, before: Tier | None) -> Group | None:
    """The clause that puts a country on the list, from its tiers in two Reports in a row; None: it is not listed."""
    if now == "2WL":
        return "tier_2_watch_list"  # (iii), also when it comes from Tier 3
    if now == "1" and before in ("2", "2WL"):
        return "moved_up_to_1"  # (i)
    if now == "2" and before == "3":
        return "moved_up_from_3"  # (ii)
    return None
