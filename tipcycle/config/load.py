"""Is config/ as a whole fit to run a cycle? Loads it, checks each file and then all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import get_args

from tipcycle.config.check import check_together
from tipcycle.config.clearance import read_clearance
from tipcycle.config.holidays import read_holidays
from tipcycle.config.law import read_law_config
from tipcycle.config.plans import plans_folder, read_plans
from tipcycle.config.positions import read_positions
from tipcycle.config.read import config_faults, fingerprint, read_yaml, validated, validated_list
from tipcycle.config.references import read_references
from tipcycle.config.splits import read_splits
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.duty import Duty, DutyId
from tipcycle.model.ladder import Ladder
from tipcycle.model.post import Post
from tipcycle.model.step import Calendar, StepId


def load_config(config_dir: Path, report_year: int) -> CycleConfig:
    """The cycle's config, checked; raises `ConfigError` with every fault of every file.

    Kept in memory until a file under `config_dir` changes.
    """
    return _load(config_dir, report_year, _read_at_the_start.get() or fingerprint(config_dir))


@contextmanager
def as_it_is_now(config_dir: Path) -> Iterator[None]:
    """Let nobody look in this block whether `config_dir` was changed: a play is played by the rules it began with."""
    before = _read_at_the_start.set(fingerprint(config_dir))
    try:
        yield
    finally:
        _read_at_the_start.reset(before)


_read_at_the_start: ContextVar[object] = ContextVar("config as it was", default=None)


def known_cycles(config_dir: Path) -> tuple[int, ...]:
    """The report years that have a calendar, in order."""
    return tuple(sorted(int(path.stem) for path in (config_dir / "calendar").glob("[0-9]*.yaml")))


def latest_planned_cycle(config_dir: Path) -> int:
    """The latest report year whose action plans are written; of a folder without any, the latest at all."""
    cycles = known_cycles(config_dir)
    planned = [year for year in cycles if plans_folder(config_dir, year).is_dir()]
    return max(planned or cycles)


@cache
def _load(config_dir: Path, report_year: int, stamp: object) -> CycleConfig:
    faults: list[Fault] = []
    calendar = _read_calendar(config_dir, report_year, faults)
    ladders = _read_ladders(config_dir, faults)
    posts = validated_list(
        Post,
        read_yaml(config_dir / "posts.yaml", faults, file="posts.yaml"),
        faults,
        file="posts.yaml",
        noun="post",
        name="name",
    )
    holidays, holiday_faults = read_holidays(config_dir / "holidays")
    faults += holiday_faults
    read = read_law_config(config_dir, faults)
    plans = read_plans(config_dir, report_year, faults)
    positions = read_positions(config_dir, posts, faults)
    references = read_references(config_dir, report_year, faults)
    splits = read_splits(config_dir, positions, faults)
    if calendar is None or read is None or splits is None:
        raise ConfigError(config_faults(faults))
    config = CycleConfig(
        calendar=calendar,
        ladders=ladders,
        posts={post.id: post for post in posts},
        positions=positions,
        law=read.law,
        countries=read.countries,
        territories=read.territories,
        placements=read.placements,
        plans=plans,
        holidays=holidays,
        references=references,
        duties=_read_duties(config_dir, ladders, faults),
        split_levels=splits.levels,
        placing=splits.placing,
        plans_written=plans_folder(config_dir, report_year).is_dir(),
        clearance=read_clearance(config_dir, positions, faults),
    )
    ladder_files = {path.stem for path in (config_dir / "ladders").glob("*.yaml")}
    faults += check_together(config, posts=posts, ladder_files=ladder_files, files_are_sound=not faults)
    if faults:
        raise ConfigError(config_faults(faults))
    return config


def _read_calendar(config_dir: Path, report_year: int, faults: list[Fault]) -> Calendar | None:
    file = f"calendar/{report_year}.yaml"
    calendar = validated(Calendar, read_yaml(config_dir / file, faults, file=file), faults, file=file)
    if calendar is None:
        return None
    if calendar.report_year != report_year:
        faults.append(Fault(file, "report_year", str(calendar.report_year), f"must be {report_year}, as its name says"))
    ids = [step.id for step in calendar.steps]
    for missing in [step for step in get_args(StepId) if step not in ids]:
        faults.append(Fault(file, "steps", f'"{missing}" is missing', "add it"))
    for twice in sorted({step for step in ids if ids.count(step) > 1}):
        faults.append(Fault(file, f"steps.{twice}", "stands twice", "keep one"))
    return calendar


def _read_duties(config_dir: Path, ladders: dict[str, Ladder], faults: list[Fault]) -> dict[str, Duty]:
    file = "duties.yaml"
    data = read_yaml(config_dir / file, faults, file=file)
    duties = validated_list(Duty, data, faults, file=file, noun="duty", name="id")
    for missing in [known for known in get_args(DutyId) if known not in [one.id for one in duties]]:
        faults.append(Fault(file, "", f'"{missing}" is missing', "add it"))
    for one in duties:
        if one.ladder not in ladders:
            faults.append(Fault(file, f"{one.id}.ladder", f'"{one.ladder}"', "no such file in ladders/; name one"))
    return {one.id: one for one in duties}


def _read_ladders(config_dir: Path, faults: list[Fault]) -> dict[str, Ladder]:
    ladders = {}
    for path in sorted((config_dir / "ladders").glob("*.yaml")):
        file = f"ladders/{path.name}"
        data = read_yaml(path, faults, file=file)
        ladder = validated(Ladder, data, faults, file=file) if data is not None else None
        if ladder and ladder.id != path.stem:
            faults.append(Fault(file, "id", f'"{ladder.id}"', f'must be "{path.stem}", as its name says'))
        if ladder:
            ladders[path.stem] = ladder
    return ladders
