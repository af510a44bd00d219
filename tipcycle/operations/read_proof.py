"""What was a post really asked, told and reminded of, and what did it answer? The page to show when it is disputed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tipcycle.config.find_post import find_post
from tipcycle.errors import StoreError
from tipcycle.model.answer import Answer, in_words
from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import context
from tipcycle.operations.country_limits import country_limits
from tipcycle.operations.holds_in_force import as_of, held_in
from tipcycle.operations.missing_clearance import missing_clearance
from tipcycle.reminders.hold import HeldBack
from tipcycle.reminders.pause import Pause, pause_for, pause_of
from tipcycle.settings import settings
from tipcycle.store import Store


def read_proof(post: str, report_year: int | None = None) -> dict[str, Any]:
    """Everything the ledger holds about one post in one cycle (the latest, if none is named)."""
    with Store.read(settings().ledger_url) as store:
        year = report_year or max((row.report_year for row in store.cycles.all()), default=None)
        if year is None:
            raise StoreError("no cycle is open; run: tipcycle open-cycle --report-year YEAR")
        store.cycles.get(year)
        cycle = context(year)
        wanted = find_post(cycle.config, post)
        obligations = store.obligations.of_cycle(year, post=wanted.id)
        asked = [
            one
            for country in wanted.covers
            for one in store.obligations.of_cycle(year, step="action-request", country=country)
        ]
        answers = store.answers.of_obligations([one.key for one in obligations])
        last = store.last_tick_at() or store.cycles.get(year).opened_at
        on = cycle.places.washington.local_date(last)
        # What was said, and held, since the last tick is in force already.
        said = [answer.answered_at for given in answers.values() for answer in given]
        at = as_of(store, max([last, *said]))
        held = held_in(store, cycle, at)
        missing = missing_clearance(store, cycle, [one.country for one in asked if one.country])
        limits = country_limits(cycle.config, wanted.covers, on=on)
        return {
            "report_year": year,
            "post": wanted.name,
            "bureau": wanted.bureau,
            "time_zone": wanted.time_zone,
            "two_year_limit": [
                {
                    "country": limit.iso3,
                    "counted_reports_before": limit.counted,
                    "earliest_effect": limit.earliest_effect,
                    "territory": limit.territory,
                    "outcome": limit.finding.outcome,
                    "because": limit.finding.because,
                    "source": limit.finding.source,
                }
                for limit in limits.values()
            ],
            "action_requests": [
                {
                    "country": one.country,
                    "sent_at": iso(one.answered_at) if one.answered_at else None,
                    "waits_because": missing.get(one.country or "", ("", ""))[0] or None,
                    "clear_with": missing.get(one.country or "", ("", ""))[1] or None,
                }
                for one in asked
            ],
            "obligations": [_obligation(store, one, answers.get(one.key, ()), held, at) for one in obligations],
        }


def _obligation(
    store: Store, one: Obligation, answers: tuple[Answer, ...], held: dict[str, HeldBack], at: datetime
) -> dict[str, Any]:
    latest = store.submissions.latest(one.key)
    pause = pause_of(one, answers, at=at) if one.standing == "missing" else None
    return {
        "key": one.key,
        "step": one.step,
        "country": one.country,
        "asked_at": iso(one.opened_at) if one.opened_at else None,
        "due_at": iso(one.due_at),
        "first_planned_on": one.original_on.isoformat(),
        "planned_on": one.planned_on.isoformat(),
        "plan_version": one.version,
        "standing": one.standing,
        "complete": one.complete,
        "answered_at": iso(one.answered_at) if one.answered_at else None,
        "late": one.late,
        "reason": one.reason,
        "submission_version": latest.version if latest else None,
        "answers": [_answer(answer) for answer in answers],
        "paused_until": iso(pause.until) if pause else None,
        "notices": [_notice(notice, one, answers, held, at) for notice in store.notices.of_obligations([one.key])],
        "rungs_left_out": [
            {"rung": rung.days, "position": rung.position, "reason": rung.reason}
            for rung in store.notices.skipped(one.key)
        ],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "answered_at": iso(answer.answered_at),
        "position": answer.position,
        "answer": answer.answer,
        "report_on": answer.report_on.isoformat() if answer.report_on else None,
        "in_words": in_words(answer),
        "note": answer.note,
        "channel": answer.channel,
        "settled_by": answer.settled_by,
    }


def _notice(
    notice: Notice, obligation: Obligation, answers: tuple[Answer, ...], held: dict[str, HeldBack], at: datetime
) -> dict[str, Any]:
    pause: HeldBack | Pause | None = None
    if notice.state == "owed":
        pause = held.get(notice.position) or pause_for(notice, obligation, answers, at=at)
    return {
        "rung": notice.days,
        "position": notice.position,
        "channel": notice.channel,
        "due_at": iso(notice.due_at),
        "state": notice.state,
        "reason": pause.reason if pause else notice.reason,
        "decided_at": iso(notice.decided_at) if notice.decided_at else None,
        "message": notice.message,
    }
