"""Rehearse a whole cycle, to the opening of the next: real flows, a virtual clock, simulated posts and offices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tipcycle.config.load import as_it_is_now
from tipcycle.model.cycle import CycleConfig
from tipcycle.operations.context import context
from tipcycle.operations.tick import next_day_with_something_due
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.service.rehearsal.annual_answers import annual_answers
from tipcycle.service.rehearsal.autumn import autumn
from tipcycle.service.rehearsal.clock import begins, days, ends, noon
from tipcycle.service.rehearsal.demands import (
    refused_messages,
    require_planned_failure,
    require_sound_end,
    require_success,
)
from tipcycle.service.rehearsal.inbox_files import drop_files, files_by_day
from tipcycle.service.rehearsal.programme import by_day
from tipcycle.service.rehearsal.simulated_posts import Script, write_script
from tipcycle.service.rehearsal.spring import spring
from tipcycle.service.rehearsal.stage import Stage, refuse_mail_of
from tipcycle.service.rehearsal.summary import summarize
from tipcycle.service.rehearsal.summer import summer
from tipcycle.service.rehearsal.tier_play import TierPlay, write_tier_play
from tipcycle.service.rehearsal.winter import second_thoughts_on, winter
from tipcycle.settings import settings

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Rehearsal:
    """What to rehearse: `until` is the last virtual day."""

    report_year: int
    seed: int
    until: date


def last_day(report_year: int) -> date:
    """A few days after the special watch list of the cycle that follows was recorded."""
    return context(report_year + 1).config.calendar.step("special-watch-list").planned_on + timedelta(days=5)


def rehearse(what: Rehearsal, stage: Stage, progress: Progress) -> dict[str, Any]:
    """Run every day and return the summary; `progress` gets days done, days in all and a line.

    Raises `TipcycleError` where a flow fails that the play does not make fail, or where the end is unsound.
    """
    began = time.monotonic()
    try:
        with as_it_is_now(settings().config_dir):
            first_part_s = asyncio.run(_with_one_client(what, stage, progress))
    except Exception:
        if stage.server:
            stage.server.require_running()  # if that is why, it is said in one line
        raise
    summary = summarize(what.report_year, what.report_year + 1, stage, at=ends(what.until))
    summary |= {
        "startup_s": round(stage.startup_s, 1),
        "first_part_s": round(first_part_s, 1),
        "wall_s": round(time.monotonic() - began, 1),
    }
    whole = what.until >= last_day(what.report_year)
    ended = _tier_play(context(what.report_year).config, what.seed).placements if whole else None
    require_sound_end(what.report_year, summary, at=ends(what.until), placements=ended)
    return summary


async def _with_one_client(what: Rehearsal, stage: Stage, progress: Progress) -> float:
    """Play with one client to Prefect's server, async and sync: a flow that finds none makes its own pair."""
    from prefect.context import AsyncClientContext, SyncClientContext

    async with AsyncClientContext.get_or_create():
        with SyncClientContext.get_or_create():
            return await _run(what, stage, progress)


async def _run(what: Rehearsal, stage: Stage, progress: Progress) -> float:
    """Play every day; return the seconds that it took to the day after the law's own for the interim assessment."""
    from flows.collect_submissions import collect_submissions
    from flows.remind_and_escalate import remind_and_escalate

    year, config, following = what.report_year, context(what.report_year).config, context(what.report_year + 1).config
    script = _script(config, what.seed)
    play = _tier_play(config, what.seed)
    files = files_by_day(script.files, annual_answers(context(year), sorted(config.countries), what.seed))
    refusing = refuse_mail_of(stage, config, script.refusing_posts[0])
    acts = by_day(
        [*autumn(config, script), *winter(config, script), *spring(config, play), *summer(config, following, play)]
    )
    every = days(config.calendar.opens_on, what.until)
    statutory = config.calendar.step("interim-release").statutory_on
    began, first_part_s = time.monotonic(), 0.0
    for number, day in enumerate(every, 1):
        if drop_files(files.get(day, ())):
            require_success(await collect_submissions(at=begins(day), return_state=True))
        for act in acts.get(day, ()):
            if state := await act.do(noon(day)):
                require_success(state)
        line = f"{day:%a %d %b %Y}"
        if next_day_with_something_due(begins(day) - timedelta(seconds=1), ends(day)):
            shown = year if day < following.calendar.opens_on else year + 1
            state = await remind_and_escalate(shown, at=ends(day), return_state=True)
            require_planned_failure(state, refused=refused_messages((year, year + 1), refusing))
            line += f"  {state.message or ''}".split("\n")[0]
        if statutory and day <= statutory + timedelta(days=1):
            first_part_s = time.monotonic() - began
        progress(number, len(every), line)
    return first_part_s


def _script(config: CycleConfig, seed: int) -> Script:
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )
    entries = [entry.iso3 for entry in listed]
    return write_script(context(config.report_year), entries, seed, second_thoughts_on=second_thoughts_on(config))


def _tier_play(config: CycleConfig, seed: int) -> TierPlay:
    on = config.calendar.step("tier-placement").planned_on
    return write_tier_play(config, sorted(config.countries), seed, on=on)
