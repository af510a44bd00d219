"""How do the figures of all countries stand in one table, and what do they add up to? What is unknown is never 0.

Figures of one category on several legal bases are added up. Source: 09 STATE 97909 para 5; 22 U.S.C. 7106(b)(1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tipcycle.model.assessment_paper import FigureRow, WorldTotal
from tipcycle.model.statistic import CATEGORIES, Category, Statistic

NOT_REPORTED = "not reported"


@dataclass(frozen=True)
class Figure:
    """One category of one country; `total` is None unless it was provided, `standing` says what it is instead.

    `labour` is None where it was not stated of every part. `last_year` is None where there is none, `comparable` is ""
    where nobody said whether the two may be compared.
    """

    standing: str
    total: int | None = None
    labour: int | None = None
    last_year: int | None = None
    comparable: str = ""


def figure_of(category: Category, said: Sequence[Statistic], *, last_year: int | None) -> Figure:
    """What a government gave of one category; `last_year` is what it gave in the report before, where there was one.

    Where the report before has none, the figure that the post itself set beside this one counts.
    """
    of_category = [one for one in said if one.category == category]
    provided = [one for one in of_category if one.status == "provided" and one.total is not None]
    beside = last_year if last_year is not None else _sum([one.last_year for one in of_category])
    if provided:
        total = sum(one.total for one in provided if one.total is not None)
        labour = _sum([one.labour for one in provided])
        return Figure("provided", total, labour, beside, _comparable(provided))
    if not of_category:
        return Figure(NOT_REPORTED, last_year=beside)
    return Figure(of_category[0].status, last_year=beside, comparable=_comparable(of_category))


def figure_row(country: str, figures: Mapping[Category, Figure]) -> FigureRow:
    """`12 (3)` with last year's below it, a cell a category, and whether they may be compared or why not."""
    told = {category: one.comparable for category, one in figures.items() if one.comparable}
    alike = [category for category, one in told.items() if one == "comparable"]
    if len(alike) == len(figures):
        return FigureRow(country, tuple(map(_cell, figures.values())), "comparable")
    said = [f"{', '.join(alike)}: comparable"] if alike else []
    said += [f"{category}: {one}" for category, one in told.items() if category not in alike]
    return FigureRow(country, tuple(map(_cell, figures.values())), "; ".join(said))


def world_totals(countries: Sequence[Mapping[Category, Figure]]) -> tuple[WorldTotal, ...]:
    """Each category over the figures provided, and how many of the countries provided one."""
    return tuple(_total(category, [figures[category] for figures in countries]) for category in CATEGORIES)


def _total(category: Category, figures: Sequence[Figure]) -> WorldTotal:
    given = [one for one in figures if one.total is not None]
    labour = [one.labour for one in given if one.labour is not None]
    told = f"{len(given)} of {len(figures)} countries and territories"
    return WorldTotal(
        category.capitalize(),
        f"{sum(one.total or 0 for one in given):,}" if given else NOT_REPORTED,
        f"{sum(labour):,} (stated by {len(labour)})" if labour else "not stated",
        told,
    )


def _cell(one: Figure) -> str:
    labour = "not stated" if one.labour is None else f"{one.labour:,}"
    now = one.standing if one.total is None else f"{one.total:,} ({labour})"
    return now if one.last_year is None else f"{now}\nlast year: {one.last_year:,}"


def _comparable(said: Sequence[Statistic]) -> str:
    """Whether figures stand beside last year's, or why not; "" where nobody said."""
    told = [one for one in said if one.comparable == "no" or one.status == "not comparable"]
    because = [text for one in told if (text := " ".join(one.not_comparable_because.split()).rstrip("."))]
    if not told:
        return "comparable" if all(one.comparable == "yes" for one in said) else ""
    return f"not comparable ({'; '.join(dict.fromkeys(because)) or 'no reason given'})"


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [one for one in parts if one is not None]
    return sum(known) if known and len(known) == len(parts) else None
