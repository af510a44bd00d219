"""What does the full assessment say as a whole? Placements by tier, the figures of the world, chapters and annexes.

A tier is printed only as a person decided it; who was decided not to be placed, and who was not placed yet, stand under
headings of their own.
Source: 22 U.S.C. 7107(b)(1); DESIGN 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tipcycle.assessment.compiled import NOT_A_COUNTRY, Gathered, front_of
from tipcycle.assessment.figures_table import Figure, figure_of, figure_row, world_totals
from tipcycle.assessment.missing_reports import missing_reports, reports_not_required
from tipcycle.assessment.paper_chapters import paper_chapters
from tipcycle.calendar.places import Places
from tipcycle.model.assessment_paper import FullPaper, PlacedGroup, PlacedRow
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.placement import PUBLISHED, Tier, tier_name
from tipcycle.model.statistic import CATEGORIES, Category
from tipcycle.model.submission import Accepted
from tipcycle.rules.statutory_due_days import report_due_day

NOT_PLACED = "Not placed yet"
NOT_IN_REPORT = "Not placed in this Report"
_RANK: dict[Tier, int] = {"1": 1, "2": 2, "2WL": 3, "3": 4}


def compile_full(
    gathered: Gathered,
    *,
    decided: Mapping[str, Tier],
    last: Mapping[str, Tier],
    accepted: Mapping[str, Accepted],
    before: Mapping[str, Accepted],
    config: CycleConfig,
    places: Places,
) -> FullPaper:
    """The full assessment as it would be printed now; all mappings are by iso3.

    `decided` are the placements of this Report, `last` those of the one before, `accepted` the annual submissions and
    `before` those of the year before.
    """
    names = {iso3: country.name for iso3, country in config.countries.items()}
    covered = sorted({one.iso3 for one in gathered.chapters}, key=lambda iso3: names[iso3].casefold())
    uncounted = {one.iso3 for one in config.territories if one.assessed_in(config.report_year)}
    figures = {iso3: _figures(accepted.get(iso3), before.get(iso3)) for iso3 in covered}
    front = front_of(
        "full-assessment",
        gathered,
        config=config,
        places=places,
        title="Trafficking in Persons Report",
        subtitle="Full assessment: country narratives and tier placements",
        release_step="report-release",
        source=report_due_day(config.law, report_year=config.report_year).source,
    )
    return FullPaper(
        front=front,
        tiers=placed_groups(covered, decided=decided, last=last, names=names, uncounted=uncounted),
        figures=tuple(figure_row(names[iso3], of) for iso3, of in figures.items()),
        totals=world_totals(list(figures.values())),
        chapters=paper_chapters(
            gathered.chapters, names=names, under=lambda iso3: _under(decided.get(iso3), last.get(iso3))
        ),
        missing=missing_reports(gathered.reports, gathered.notices, config=config, places=places),
        not_required=reports_not_required(gathered.reports, config=config, places=places),
    )


def placed_groups(
    covered: Sequence[str],
    *,
    decided: Mapping[str, Tier],
    last: Mapping[str, Tier],
    names: Mapping[str, str],
    uncounted: Iterable[str] = (),
) -> tuple[PlacedGroup, ...]:
    """A group a tier, its rows in the order of `covered`; at the end who is not placed, or not yet, if anybody is."""
    territories = frozenset(uncounted)

    def group(title: str, tier: Tier | None) -> PlacedGroup:
        members = [iso3 for iso3 in covered if decided.get(iso3) == tier]
        rows = tuple(
            PlacedRow(
                names[iso3],
                tier_name(last[iso3]) if iso3 in last else "not placed",
                move(tier, last.get(iso3)),
                NOT_A_COUNTRY if iso3 in territories else "",
            )
            for iso3 in members
        )
        counted = sum(iso3 not in territories for iso3 in members)
        return PlacedGroup(title, counted, len(members) - counted, rows)

    groups = [group(_title(tier), tier) for tier in PUBLISHED]
    unplaced = (group(NOT_IN_REPORT, "none"), group(NOT_PLACED, None))
    return (*groups, *(one for one in unplaced if one.rows))


def move(now: Tier | None, last: Tier | None) -> str:
    """`moved up`, `moved down`, `first placement`, or "" where it stays, is open or not placed.

    A special case moves neither up nor down: it has changed.
    """
    if now in (None, "none", last):
        return ""
    if last is None:
        return "first placement"
    if now not in _RANK or last not in _RANK:
        return "changed"
    return "moved up" if _RANK[now] < _RANK[last] else "moved down"


def _figures(now: Accepted | None, before: Accepted | None) -> dict[Category, Figure]:
    said = now.submission.statistics if now else ()
    earlier = before.submission.statistics if before else ()
    return {
        category: figure_of(category, said, last_year=figure_of(category, earlier, last_year=None).total)
        for category in CATEGORIES
    }


def _under(now: Tier | None, last: Tier | None) -> str:
    told = _title(now) if now else NOT_PLACED
    return f"{told} · last Report: {tier_name(last) if last else 'not placed'}"


def _title(tier: Tier) -> str:
    if tier == "none":
        return NOT_IN_REPORT
    name = tier_name(tier)
    return f"{name[0].upper()}{name[1:]}"
