"""Rehearse a cycle from its opening to the interim assessment: real flows, a virtual clock, simulated posts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tipcycle.errors import TipcycleError
from tipcycle.model.cycle import CycleConfig
from tipcycle.operations.context import context
from tipcycle.operations.count_cycle import count_notices, count_standings, due_submissions, posts_owing
from tipcycle.operations.tick import next_day_with_something_due
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.service.rehearsal.autumn import autumn
from tipcycle.service.rehearsal.clock import begins, days, ends, noon
from tipcycle.service.rehearsal.demands import (
    refused_messages,
    require_planned_failure,
    require_sound_end,
    require_success,
)
from tipcycle.service.rehearsal.programme import by_day
from tipcycle.service.rehearsal.simulated_posts import Script, write_script
from tipcycle.service.rehearsal.stage import Stage, refuse_mail_of
from tipcycle.service.rehearsal.winter import winter
from tipcycle.settings import settings
from tipcycle.store import Store

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Rehearsal:
    """What to rehearse: `until` is the last virtual day."""

    report_year: int
    seed: int
    until: date


def last_day(report_year: int) -> date:
    """The day after the statutory day of the interim assessment."""
    statutory = context(report_year).config.calendar.step("interim-release").statutory_on
    if statutory is None:
        raise TipcycleError(f"cycle {report_year}: interim-release has no statutory day")
    return statutory + timedelta(days=1)


def rehearse(what: Rehearsal, stage: Stage, progress: Progress) -> dict[str, Any]:
    """Run every day and return the summary; `progress` gets days done, days in all and a line.

    Raises `TipcycleError` where a flow fails that the play does not make fail, or where the end is unsound.
    """
    began = time.monotonic()
    try:
        asyncio.run(_run(what, stage, progress))
    except Exception:
        if stage.server:
            stage.server.require_running()  # if that is why, it is said in one line
        raise
    summary = _summary(what, stage, wall_s=time.monotonic() - began)
    require_sound_end(what.report_year, summary, at=ends(what.until))
    return summary


async def _run(what: Rehearsal, stage: Stage, progress: Progress) -> None:
    from flows.collect_submissions import collect_submissions
    from flows.remind_and_escalate import remind_and_escalate

    config = context(what.report_year).config
    script = _script(config, what.seed)
    refusing = refuse_mail_of(stage, config, script.refusing_posts[0])
    acts = by_day([*autumn(config, script), *winter(config)])
    every = days(config.calendar.opens_on, what.until)
    for number, day in enumerate(every, 1):
        if _drop_files(script, day):
            require_success(await collect_submissions(at=begins(day), return_state=True))
        for act in acts.get(day, ()):
            if state := await act.do(noon(day)):
                require_success(state)
        line = f"{day:%a %d %b %Y}"
        if next_day_with_something_due(begins(day) - timedelta(seconds=1), ends(day)):
            state = await remind_and_escalate(what.report_year, at=ends(day), return_state=True)
            require_planned_failure(state, refused=refused_messages(what.report_year, refusing))
            line += f"  {state.message or ''}".split("\n")[0]
        progress(number, len(every), line)


def _script(config: CycleConfig, seed: int) -> Script:
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )
    return write_script(context(config.report_year), [entry.iso3 for entry in listed], seed)


def _drop_files(script: Script, day: date) -> int:
    inbox = settings().inbox
    inbox.mkdir(parents=True, exist_ok=True)
    due = [one for one in script.files if one.on == day]
    for one in due:
        (inbox / one.name).write_bytes(one.content)
    return len(due)


def _summary(what: Rehearsal, stage: Stage, *, wall_s: float) -> dict[str, Any]:
    now = settings()
    with Store.read(now.ledger_url) as store:
        entries = store.cycles.special_watch_list(what.report_year)
        due = due_submissions(store, what.report_year, by=ends(what.until))
        summary: dict[str, Any] = {
            "report_year": what.report_year,
            "posts": len(posts_owing(store, what.report_year)),
            "special_watch_list": sum(entry.counted for entry in entries),
            "territories": sum(not entry.counted for entry in entries),
            "notices": count_notices(store, what.report_year),
            "messages": len(stage.accepted),
            "submissions": count_standings(due) | {"refused": store.submissions.refused_count()},
        }
    documents = [path for path in (now.var_dir / "documents").rglob("*") if path.is_file()]
    return summary | {
        "documents": len(documents),
        "duplicates": sum(count - 1 for count in stage.accepted.values()),
        "ledger_sha256": write_ledger(_ledger_file(stage.folder), what.report_year),
        "startup_s": round(stage.startup_s, 1),
        "wall_s": round(wall_s, 1),
    }


def _ledger_file(folder: Path) -> Path:
    return folder / "ledger.csv"
