"""Do the files of config/ fit together? Faults that no single file shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain

from tipcycle.config.read import closest
from tipcycle.errors import Fault
from tipcycle.ladder.recipients import OFFICE, recipients
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.moment import day
from tipcycle.model.placement import Listed
from tipcycle.model.plan import ActionPlan
from tipcycle.model.post import Post
from tipcycle.parameters.statutory_days import interim_due, report_due, special_watch_list_due
from tipcycle.rules.special_watch_list import special_watch_list


def check_together(
    config: CycleConfig, *, posts: Sequence[Post], ladder_files: Collection[str], files_are_sound: bool
) -> list[Fault]:
    """Every fault between files; those that lean on the placements only when each file is sound by itself."""
    checks = [_posts(config, posts), _steps(config, ladder_files), _holidays(config)]
    if files_are_sound:
        checks += [_statutory_days(config), _plans(config, posts)]
    return list(chain.from_iterable(checks))


def _posts(config: CycleConfig, posts: Sequence[Post]) -> Iterator[Fault]:
    covered_by: dict[str, str] = {}
    ids: set[str] = set()
    for post in posts:
        if post.id in ids:
            yield Fault("posts.yaml", f'post "{post.name}"', f'id "{post.id}" stands twice', "keep one")
        ids.add(post.id)
        for iso3 in post.covers:
            if iso3 in covered_by:
                yield Fault(
                    "posts.yaml",
                    f'post "{post.name}"',
                    f"covers {iso3}",
                    f'"{covered_by[iso3]}" covers it already; one post answers for a country',
                )
            covered_by[iso3] = post.name
            if config.countries and iso3 not in config.countries:
                yield Fault("posts.yaml", f'post "{post.name}"', f"covers {iso3}", "add the country to countries.yaml")


def _steps(config: CycleConfig, ladder_files: Collection[str]) -> Iterator[Fault]:
    file = f"calendar/{config.report_year}.yaml"
    for step in config.calendar.steps:
        if step.ladder in ladder_files and step.ladder not in config.ladders:
            continue  # its own file has a fault, which was told
        if step.ladder not in config.ladders:
            yield Fault(
                file,
                f"steps.{step.id}.ladder",
                f'no ladder "{step.ladder}"',
                "name a file of ladders/" + closest(step.ladder, list(config.ladders)),
            )
            continue
        post = next(iter(config.posts.values()), None) if step.owner == "post" else None
        if step.owner == "post" and post is None:
            continue
        for rung in config.ladders[step.ladder].rungs:
            for name in rung.to:
                for position in recipients(
                    name, post=post, owner_unit=post.id if post else OFFICE, owner=f"{OFFICE}.director"
                ):
                    if config.positions and position not in config.positions:
                        yield Fault(
                            f"ladders/{step.ladder}.yaml",
                            f"rung {rung.days:+d}",
                            f'"{name}" names no position ("{position}") for step {step.id}',
                            "add the position to positions.yaml or name another",
                        )
                    elif config.positions and not config.positions[position].address(rung.channel):
                        yield Fault(
                            f"ladders/{step.ladder}.yaml",
                            f"rung {rung.days:+d}",
                            f'"{position}" has no {rung.channel} address',
                            "add one to positions.yaml or take another channel",
                        )


def _holidays(config: CycleConfig) -> Iterator[Fault]:
    years = {step.planned_on.year for step in config.calendar.steps} | {config.calendar.opens_on.year}
    known = {day.year for day in config.holidays.get("USA", {})}
    for year in sorted(years - known):
        yield Fault(f"holidays/{year}.csv", "", "no holidays of this year", f"run: tipcycle renew-holidays {year}")


def _statutory_days(config: CycleConfig) -> Iterator[Fault]:
    """The calendar's statutory days are the law's: each is worked out here, and must stand there."""
    calendar, law = config.calendar, config.law
    legal = {
        "special-watch-list": special_watch_list_due(law, calendar.previous_report_on),
        "interim-release": interim_due(law, config.report_year),
        "report-release": report_due(law, config.report_year),
    }
    for step in calendar.steps:
        day = legal.get(step.id)
        if (step.statutory_from, step.statutory_on) != ((day.first, day.last) if day else (None, None)):
            says = "sets no day" if day is None else f"says {_span(day.first, day.last)} ({day.by.reference})"
            yield Fault(
                f"calendar/{config.report_year}.yaml",
                f"steps.{step.id}",
                f"statutory {_span(step.statutory_from, step.statutory_on)}",
                f"the law {says}; correct the calendar, or the law's parameter",
            )


def _span(first: date | None, last: date | None) -> str:
    return "none" if last is None else f"by {last}" if first is None else f"{first} to {last}"


def _plans(config: CycleConfig, posts: Sequence[Post]) -> Iterator[Fault]:
    step = config.calendar.step("special-watch-list")
    listed = special_watch_list(
        config.placements, config.previous_report, on=step.planned_on, territories=config.territories
    )
    corrected = {one.iso3: one.group for one in _list_as_known(config)}
    covered = {iso3 for post in posts for iso3 in post.covers}
    folder = f"cycles/{config.report_year}/plans"
    for entry in listed:
        if entry.iso3 not in covered:
            yield Fault(
                "posts.yaml",
                f"country {entry.iso3}",
                "is on the special watch list and no post covers it",
                "add it to a post's covers, or add its desk",
            )
        # A group that was corrected since has a plan that suits the corrected list; correct-list judges it.
        if config.plans_written and corrected.get(entry.iso3) == entry.group:
            yield from plan_fits(entry, config.plans.get(entry.iso3), file=f"{folder}/{entry.iso3}.yaml")


def _list_as_known(config: CycleConfig) -> tuple[Listed, ...]:
    return special_watch_list(config.placements, config.previous_report, on=None, territories=config.territories)


def not_written_yet(config: CycleConfig) -> list[str]:
    """What a cycle still lacks before its action requests can be drafted: no fault until then (decision 0016)."""
    year, by = config.report_year, day(config.calendar.step("action-request").planned_on)
    remarks = []
    if not config.plans_written:
        remarks.append(f"cycles/{year}/plans: no action plan is written yet; the requests are planned for {by}")
    if not config.references:
        remarks.append(f"references.yaml: no earlier cable is named for cycle {year}; its requests refer to some")
    return remarks


def plan_fits(entry: Listed, plan: ActionPlan | None, *, file: str) -> Iterator[Fault]:
    """Does the plan suit the entry of the special watch list? High-priority items go with the Tier 2 Watch List."""
    if entry.group != "tier_2_watch_list":
        if plan and plan.high_priority:
            value = "a country that moved up has high-priority items"
            yield Fault(file, "recommendations", value, "it gets an update request: take high_priority out")
    elif plan is None:
        yield Fault(file, "", "", "a Tier 2 Watch List country needs a plan; write one")
    elif not plan.high_priority:
        remedy = "a Tier 2 Watch List country needs at least one: mark it high_priority: true"
        yield Fault(file, "recommendations", "no high-priority item", remedy)
