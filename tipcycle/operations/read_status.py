"""Where does the cycle stand? Steps with their three dates, notices, submissions, and what waits for a person."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from tipcycle.model.message import Message, MessageState
from tipcycle.model.moment import iso
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context, context
from tipcycle.operations.count_cycle import (
    by_bureau_and_post,
    count_notices,
    count_standings,
    is_overdue,
    step_on_the_board,
)
from tipcycle.operations.country_limits import country_limits
from tipcycle.operations.documents_to_clear import DRAFTED_WITH, changed_after_clearance, documents_of_assessment
from tipcycle.operations.holds_in_force import as_of
from tipcycle.operations.late_effects import supplements
from tipcycle.operations.list_now import list_now, told
from tipcycle.operations.read_alarms import read_alarms
from tipcycle.operations.read_holds import held_back
from tipcycle.operations.what_posts_ask import extensions_asked, wrong_offices
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.cycles import CycleRow


def read_status(report_year: int | None = None) -> dict[str, Any]:
    """The state of one cycle (the latest, if none is named) as plain JSON values."""
    with Store.read(settings().ledger_url) as store:
        if report_year is None:
            known = store.cycles.all()
            if not known:
                return {"report_year": None, "cycles": []}
            report_year = known[-1].report_year
        row = store.cycles.get(report_year)
        cycle = context(report_year)
        difference = list_now(store, cycle, store.last_tick_at() or row.opened_at)
        return _board(store, cycle, row) | {
            "list_to_correct": told(difference, report_year) if difference else None,
            "chapters_to_clear_again": _changed(store, cycle),
            "supplements": supplements(store, report_year),
            "refused_files": store.submissions.refused_count(),
        }


def read_board(report_year: int) -> dict[str, Any]:
    """The part of the state that the status board shows; it is drawn at every tick, so it reads no document."""
    with Store.read(settings().ledger_url) as store:
        return _board(store, context(report_year), store.cycles.get(report_year))


def _board(store: Store, cycle: Context, row: CycleRow) -> dict[str, Any]:
    year, last_tick = row.report_year, store.last_tick_at()
    at = last_tick or row.opened_at
    listed = store.cycles.special_watch_list(year)
    owed: dict[str, list[Obligation]] = defaultdict(list)
    everything = store.obligations.of_cycle(year)
    for one in everything:
        owed[one.step].append(one)
    counted = step_on_the_board(everything)
    messages = store.messages.in_states(year, ("unknown", "refused"))
    return {
        "report_year": year,
        "opened_at": iso(row.opened_at),
        "last_tick_at": iso(last_tick) if last_tick else None,
        "special_watch_list": sum(entry.counted for entry in listed),
        "territories": sum(not entry.counted for entry in listed),
        "two_year_limit": _two_year_limit(cycle, [entry.iso3 for entry in listed], at),
        "steps": [_step(step.id, step, owed[step.id], at=at) for step in cycle.config.calendar.steps],
        "notices": count_notices(store, year),
        "posts_step": counted,
        "posts": by_bureau_and_post(store, cycle, counted, owed=owed[counted], at=at),
        "alarms": read_alarms(store, cycle, everything),
        "unknown_messages": _in_state("unknown", messages),
        "refused_messages": _in_state("refused", messages),
        "refused_addresses": [
            {"address": one.address, "channel": one.channel, "refused_at": iso(one.refused_at), "reason": one.reason}
            for one in store.addresses.all()
        ],
        "wrong_offices": [
            {
                "answer": one.id,
                "obligation": one.obligation,
                "position": one.position,
                "said_at": iso(one.answered_at),
                "note": one.note,
            }
            for one in wrong_offices(store, [year])
        ],
        "extensions_asked": extensions_asked(store, year),
        "held": held_back(store, cycle, as_of(store, at)),
    }


def _changed(store: Store, cycle: Context) -> list[str]:
    """Countries with a chapter, of either assessment, that changed after somebody had decided upon it."""
    return sorted(
        {
            iso3
            for assessment in DRAFTED_WITH
            for iso3 in changed_after_clearance(documents_of_assessment(store, cycle, assessment).values())
        }
    )


def _in_state(state: MessageState, messages: list[Message]) -> list[dict[str, str]]:
    return [
        {"message": message.key, "position": message.position, "reason": message.reason}
        for message in messages
        if message.state == state
    ]


def _two_year_limit(cycle: Context, listed: list[str], at: datetime) -> dict[str, Any]:
    """Of the countries listed, those that the limit sends to Tier 3 in this cycle's Report, or can in the next.

    It binds no territory.
    """
    limits = country_limits(cycle.config, listed, on=cycle.places.washington.local_date(at)).values()
    year = cycle.config.report_year
    return {
        "report_year": year,
        "must_be_tier_3": [one.iso3 for one in limits if one.finding.outcome == "must_be_tier_3"],
        "would_reach_it_next": [
            one.iso3 for one in limits if one.finding.outcome != "must_be_tier_3" and one.earliest_effect == year + 1
        ],
        "unknown": [one.iso3 for one in limits if one.finding.outcome == "unknown"],
        "source": next((one.finding.source for one in limits), ""),
    }


def _step(step_id: str, step: Any, obligations: list[Obligation], *, at: datetime) -> dict[str, Any]:
    opened = [one for one in obligations if one.opened_at]
    answered = [one.answered_at for one in obligations if one.answered_at]
    return {
        "step": step_id,
        "statutory_on": step.statutory_on.isoformat() if step.statutory_on else None,
        "planned_on": step.planned_on.isoformat(),
        "actual_at": iso(max(answered)) if answered and len(answered) == len(obligations) else None,
        "opened": len(opened),
        **count_standings(obligations),
        "overdue": sum(is_overdue(one, at) for one in obligations),
    }
