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
from tipcycle.ladder.recipients import BUREAUS
from tipcycle.model.cycle import CycleConfig
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.context import context
from tipcycle.operations.count_cycle import count_notices, count_standings, due_submissions, posts_owing
from tipcycle.operations.record_step import record_step
from tipcycle.operations.tick import next_day_with_something_due
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.service.rehearsal.clock import begins, days, ends, noon
from tipcycle.service.rehearsal.demands import (
    refused_messages,
    require_planned_failure,
    require_sound_end,
    require_success,
)
from tipcycle.service.rehearsal.simulated_posts import Script, write_script
from tipcycle.service.rehearsal.stage import Stage, refuse_mail_of
from tipcycle.settings import settings
from tipcycle.store import Store

_CLEARED_EARLY, _CLEARED_LATE = timedelta(days=3), timedelta(days=2)

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
    from flows.assemble_interim_assessment import assemble_interim_assessment
    from flows.clear_document import clear_document
    from flows.collect_submissions import collect_submissions
    from flows.open_cycle import open_cycle
    from flows.remind_and_escalate import remind_and_escalate
    from flows.send_action_requests import send_action_requests

    config = context(what.report_year).config
    calendar = config.calendar
    script = _script(config, what.seed)
    refusing = refuse_mail_of(stage, config, script.refusing_posts[0])
    year = what.report_year
    on_day = {
        calendar.opens_on: open_cycle,
        calendar.step("special-watch-list").planned_on: open_cycle,
        calendar.step("action-request").planned_on: send_action_requests,
        calendar.step("action-request").planned_on + _CLEARED_LATE: send_action_requests,
        calendar.step("interim-draft").planned_on: assemble_interim_assessment,
    }
    every = days(calendar.opens_on, what.until)
    for number, day in enumerate(every):
        dropped = _drop_files(script, day)
        if dropped:
            require_success(await collect_submissions(at=begins(day), return_state=True))
        for position in _clearing(config, script, day):
            require_success(await clear_document(year, "cleared", position, at=noon(day), return_state=True))
        if day in on_day:
            require_success(await on_day[day](year, at=noon(day), return_state=True))
        _department_acts(config, script, day)
        if next_day_with_something_due(begins(day) - timedelta(seconds=1), ends(day)):
            state = await remind_and_escalate(year, at=ends(day), return_state=True)
            require_planned_failure(state, refused=refused_messages(year, refusing))
            progress(number + 1, len(every), f"{day:%a %d %b %Y}  {state.message or ''}".split("\n")[0])
        else:
            progress(number + 1, len(every), f"{day:%a %d %b %Y}")


def _script(config: CycleConfig, seed: int) -> Script:
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )
    return write_script(context(config.report_year), [entry.iso3 for entry in listed], seed)


def _clearing(config: CycleConfig, script: Script, day: date) -> list[str]:
    """The positions that clear their action requests that day: bureaus before the planned day, one after it."""
    planned = config.calendar.step("action-request").planned_on
    if day == planned - _CLEARED_EARLY:
        return [f"{bureau.lower()}.bureau" for bureau in BUREAUS if bureau != script.late_bureau]
    if day == planned + _CLEARED_LATE:
        return [f"{script.late_bureau.lower()}.bureau"]
    return []


def _drop_files(script: Script, day: date) -> int:
    inbox = settings().inbox
    inbox.mkdir(parents=True, exist_ok=True)
    due = [one for one in script.files if one.on == day]
    for one in due:
        (inbox / one.name).write_bytes(one.content)
    return len(due)


def _department_acts(config: CycleConfig, script: Script, day: date) -> None:
    """What officers of the Department do by hand in this play, each a few days early, late or on the day."""
    year, step = config.report_year, config.calendar.step
    at = noon(day)
    report_due = step("progress-report").planned_on
    if day == report_due - timedelta(days=4):
        for iso3 in script.extended:
            change_deadline(
                year,
                step="progress-report",
                country=iso3,
                planned_on=report_due + timedelta(days=12),
                reason_class="post asked",
                reason="the ministry answers after a holiday (made up)",
                approver="gtip.director",
                at=at,
                preview=False,
            )
    if day == report_due + timedelta(days=5):
        for iso3 in script.waived:
            waive_obligation(
                year,
                step="progress-report",
                country=iso3,
                reason="post evacuated (made up)",
                approver="gtip.director",
                at=at,
            )
    for step_id, late_by in (("reporting-instructions", 0), ("interim-clearance", 3), ("interim-release", 0)):
        if day == step(step_id).planned_on + timedelta(days=late_by):
            note = "recorded by hand in a rehearsal"
            record_step(year, step=step_id, actor="gtip.director", note=note, at=at)


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
