"""What does the law say of a country entering a Report, why, and what would each placement mean? Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tipcycle.config.law import LawConfig, load_law
from tipcycle.config.read import closest
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.finding import Finding
from tipcycle.model.placement import Placement
from tipcycle.parameters.statutory_days import report_due
from tipcycle.rules.forecast import CHOICES, Choice, Forecast, forecast
from tipcycle.rules.no_tier_change_at_interim import no_tier_change_at_interim
from tipcycle.rules.placement_in_force import History, history_of
from tipcycle.rules.replay import Bite, replay
from tipcycle.rules.standards_in_force import standards_in_force
from tipcycle.rules.statutory_due_days import interim_due_day, report_due_day
from tipcycle.rules.two_year_limit import (
    earliest_effect,
    entered_as_territory,
    not_binding,
    run_before,
    runs_before,
    two_year_limit,
)
from tipcycle.rules.waiver import waiver_decider, waiver_finding, waiver_room
from tipcycle.rules.waiver_publication import waiver_publication_day
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade
from tipcycle.settings import settings


@dataclass(frozen=True)
class PlacementLine:
    """One Report of a country's history; `counted` is its number in the run toward the limit, 0 where it has none.

    `placement` is None where the country was not ranked, or where the Report is missing: `known` is False then.
    """

    report_year: int
    placement: Placement | None
    known: bool
    counted: int


@dataclass(frozen=True)
class Explained:
    """The chain of one country: history in order, what the law says, and each choice that was asked for."""

    iso3: str
    country: str
    report_year: int
    history: tuple[PlacementLine, ...]
    findings: tuple[Finding, ...]
    choices: tuple[Forecast, ...]


def explain_country(
    country: str, *, report_year: int | None = None, choice: Choice | None = None, on: date | None = None
) -> Explained:
    """The country's chain entering the Report of `report_year` (None: the one after the last known).

    `on` looks at the placements as they stood that day. Raises `ConfigError` for an unknown country or year.
    """
    config = load_law(settings().config_dir)
    history = history_of(config.placements, on=on)
    iso3 = _find(config, country)
    year = _year(history, report_year)
    run = run_before(history, iso3, config.law, report_year=year)
    due = report_due(config.law, year)
    limit = two_year_limit(run, config.law)
    territory = entered_as_territory(iso3, config.territories, report_year=year)
    findings = [
        not_binding(limit) if territory else limit,
        waiver_finding(run, config.law),
        watch_list_after_downgrade(history, iso3, config.law, report_year=year),
    ]
    if due:
        findings.append(waiver_decider(config.law, on=due.last))
    findings += [
        interim_due_day(config.law, report_year=year),
        no_tier_change_at_interim(config.law, report_year=year),
        report_due_day(config.law, report_year=year),
        standards_in_force(config.law, report_year=year),
    ]
    bite = _bite_of(history, config, iso3, year)
    if bite:
        findings += [finding for finding in bite.findings if finding.rule == "limit_outcome"]
    return Explained(
        iso3=iso3,
        country=config.countries[iso3].name,
        report_year=year,
        history=_history(history, iso3, config, until=year),
        findings=tuple(findings),
        choices=tuple(
            forecast(history, iso3, config.law, report_year=year, choice=one)
            for one in ([choice] if choice else CHOICES)
        ),
    )


@dataclass(frozen=True)
class AtRisk:
    """A country in the spring list; `earliest_effect` is None where it is not known.

    `source`, `law_version` and `verified` are those of the findings that `because` is made of.
    """

    iso3: str
    country: str
    counted: int | None
    earliest_effect: int | None
    because: str
    source: str
    law_version: str
    verified: bool


@dataclass(frozen=True)
class SpringList:
    """What a coordinator needs before the Report: who must go to Tier 3 unless waived or moved up, and so on.

    `next_year` are countries one more watch-list Report away from the limit. `notices` are lines on what falls due
    for each waiver, with their source.
    """

    report_year: int
    must_unless_waived: tuple[AtRisk, ...]
    no_waiver_left: tuple[AtRisk, ...]
    unknown: tuple[AtRisk, ...]
    next_year: tuple[AtRisk, ...]
    notices: tuple[Finding, ...]


def explain_all(*, report_year: int | None = None, on: date | None = None) -> SpringList:
    """Every country whose placement in the Report of `report_year` the two-year limit touches, in order of iso3.

    A territory assessed as if it were a country is left out: the limit does not bind it.
    """
    config = load_law(settings().config_dir)
    history = history_of(config.placements, on=on)
    year = _year(history, report_year)
    groups: dict[str, list[AtRisk]] = {"must": [], "exhausted": [], "unknown": [], "next": []}
    for iso3 in sorted(history.placements):
        run = run_before(history, iso3, config.law, report_year=year)
        limit = two_year_limit(run, config.law)
        room = waiver_room(run, config.law)
        named = config.countries.get(iso3)
        said = [limit, waiver_finding(run, config.law)] if room.used else [limit]
        one = AtRisk(
            iso3=iso3,
            country=named.name if named else iso3,
            counted=run.counted,
            earliest_effect=earliest_effect(run, config.law),
            because=" ".join(finding.because for finding in said),
            source="; ".join(dict.fromkeys(finding.source for finding in said)),
            law_version=max(finding.law_version for finding in said),
            verified=all(finding.verified for finding in said),
        )
        if entered_as_territory(iso3, config.territories, report_year=year):
            continue
        if limit.outcome == "must_be_tier_3":
            groups["exhausted" if room.exhausted else "must"].append(one)
        elif limit.outcome == "unknown":
            groups["unknown"].append(one)
        elif limit.outcome == "does_not_apply" and one.earliest_effect == year + 1:
            groups["next"].append(one)
    return SpringList(
        report_year=year,
        must_unless_waived=tuple(groups["must"]),
        no_waiver_left=tuple(groups["exhausted"]),
        unknown=tuple(groups["unknown"]),
        next_year=tuple(groups["next"]),
        notices=_notices(config, year),
    )


def _notices(config: LawConfig, report_year: int) -> tuple[Finding, ...]:
    due = report_due(config.law, report_year)
    if due is None:
        return ()
    notices = (
        report_due_day(config.law, report_year=report_year),
        waiver_decider(config.law, on=due.last),
        waiver_publication_day(config.law, notified_on=due.last),
    )
    return tuple(notice for notice in notices if notice.outcome != "not_in_force")


def _bite_of(history: History, config: LawConfig, iso3: str, year: int) -> Bite | None:
    """What became of the limit in a Report that is known already."""
    if not history.knows(iso3, year):
        return None
    bites = replay(history, config.law, territories=config.territories, with_findings=True)
    return next((bite for bite in bites if (bite.iso3, bite.report_year) == (iso3, year)), None)


def _history(history: History, iso3: str, config: LawConfig, *, until: int) -> tuple[PlacementLine, ...]:
    runs = runs_before(history, iso3, config.law, until=until + 1)
    return tuple(
        PlacementLine(year, history.placement(iso3, year), history.knows(iso3, year), runs[year + 1].counted or 0)
        for year in range(history.first, until + 1)
        if year < until or history.knows(iso3, year)
    )


def _find(config: LawConfig, country: str) -> str:
    wanted = country.casefold()
    for iso3, known in config.countries.items():
        if wanted in (iso3.casefold(), known.name.casefold(), known.in_text.casefold()):
            return iso3
    near = closest(country, [known.name for known in config.countries.values()])
    raise ConfigError([Fault("config/countries.yaml", "", f'no country "{country}"', f"name one of that file{near}")])


def _year(history: History, report_year: int | None) -> int:
    if report_year is None:
        return history.last_published + 1
    if report_year < history.first or report_year > 2100:
        remedy = f"name a report year from {history.first} to 2100"
        raise ConfigError([Fault("config/placements/tier_history.csv", "", f"report year {report_year}", remedy)])
    return report_year
