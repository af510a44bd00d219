"""Which figures did a government give, and could it have given the others? As its post reported.

Source: 22 U.S.C. 7106(b)(1) and (7) (the presumption on data); 09 STATE 97909 para 5.
"""

from __future__ import annotations

from collections.abc import Sequence

from tipcycle.model.statistic import CATEGORIES, Statistic, Status
from tipcycle.model.step import Period

_BEST_FIRST: tuple[Status, ...] = ("provided", "not comparable", "not provided")


def figures_given(figures: Sequence[Statistic]) -> dict[str, str]:
    """The best status of each category; one that is not reported is not in it."""
    said = {one.category: {other.status for other in figures if other.category == one.category} for one in figures}
    return {category: next(one for one in _BEST_FIRST if one in all_) for category, all_ in said.items()}


def newest_figures(annual: Sequence[Statistic], earlier: Sequence[Statistic]) -> list[Statistic]:
    """The figures of the annual submission, and the earlier report's of the categories on which that is silent."""
    spoken = {one.category for one in annual}
    return [*annual, *(one for one in earlier if one.category not in spoken)]


def given_in_part(annual: Sequence[Statistic], earlier: Sequence[Statistic], *, whole: Period) -> set[str]:
    """The categories of which only the earlier report gave a figure, and none for the whole reporting period."""
    rest = [one for one in newest_figures(annual, earlier)[len(annual) :] if one.status != "not provided"]
    complete = {one.category for one in rest if one.period.start <= whole.start and one.period.end >= whole.end}
    return {one.category for one in rest} - complete


def could_provide(figures: Sequence[Statistic]) -> bool | None:
    """Whether the government could give what it did not: True if the post says so of any figure that is missing.

    False only if the post says of every missing one that it could not; a category without a word is not known.
    """
    given = figures_given(figures)
    said = {one.could_provide for one in figures if given[one.category] == "not provided"}
    if not given.keys() >= CATEGORIES.keys():
        said.add("not known")
    if "yes" in said:
        return True
    return False if said == {"no"} else None
