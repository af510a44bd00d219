"""How does an obligation open, get fulfilled and change its plan inside another operation's transaction?

These are the moves that several use cases share; none of them commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tipcycle.calendar.obligations import due_on, obligation_of, obligations_of
from tipcycle.ladder.compile_notices import CompiledNotices, compile_notices
from tipcycle.model.keys import duty_key
from tipcycle.model.obligation import Obligation, Standing
from tipcycle.operations.context import Context
from tipcycle.store import Store


def compile_step(store: Store, context: Context, step_id: str, *, country: str | None = None) -> list[Obligation]:
    """Add the obligations that a step owes, unless they are there; return all of them, or those of one country."""
    config = context.config
    listed = [entry.iso3 for entry in store.cycles.special_watch_list(config.report_year, country=country)]
    wanted = obligations_of(
        config.calendar.step(step_id), config=config, places=context.places, special_watch_list=listed, country=country
    )
    return _added(store, wanted)


def compile_countries(store: Store, context: Context, step_id: str, countries: Sequence[str]) -> list[Obligation]:
    """The same for some countries of a step that is asked of one post after the other."""
    step = context.config.calendar.step(step_id)
    return _added(
        store, [obligation_of(step, iso3, config=context.config, places=context.places) for iso3 in countries]
    )


def _added(store: Store, wanted: Sequence[Obligation]) -> list[Obligation]:
    known = store.obligations.by_key([one.key for one in wanted])
    store.obligations.add([one for one in wanted if one.key not in known])
    return [known.get(one.key, one) for one in wanted]


def open_obligations(store: Store, context: Context, obligations: Sequence[Obligation], *, at: datetime) -> None:
    """Open those that are not open: from `at` on they are asked for, and their notices are owed.

    Nothing opens in a closed cycle: no tick would ever tell of it.
    """
    for obligation in obligations:
        if obligation.opened_at is None:
            store.cycles.require_open(obligation.report_year)
            store.obligations.update(obligation.key, opened_at=at)
            _compile(store, context, replace(obligation, opened_at=at), from_when=at)


def ask_duty(
    store: Store, context: Context, duty_id: str, subject: str, *, owner: str, country: str | None = None, at: datetime
) -> Obligation:
    """Let a position owe a duty from `at` on, due some of its own working days later; its ladder starts.

    `subject` is what the key ends in; one that was asked before is an error of the caller.
    """
    config = context.config
    store.cycles.require_open(config.report_year)
    duty = config.duties[duty_id]
    working = context.places.of(config.positions[owner])
    due = working.after_working_days(working.local_date(at), duty.working_days)
    asked = Obligation(
        key=duty_key(config.report_year, duty_id, subject),
        report_year=config.report_year,
        step=duty_id,
        post=None,
        country=country,
        owner=owner,
        planned_on=due,
        original_on=due,
        due_at=due_on(due, None, context.places),
        opened_at=at,
    )
    store.obligations.add([asked])
    _compile(store, context, asked, from_when=at)
    return asked


def fulfil(
    store: Store,
    context: Context,
    obligation: Obligation,
    *,
    standing: Standing,
    at: datetime,
    complete: bool | None = None,
    reason: str = "",
    approver: str = "",
) -> None:
    """Let an obligation stand as answered (or waived) and open what waits for it.

    The first answer's moment stays: a later version changes what was said, not when the post answered.
    """
    first = obligation.answered_at is None
    store.obligations.update(
        obligation.key,
        standing=standing,
        complete=complete,
        answered_at=at if first and standing != "waived" else obligation.answered_at,
        reason=reason,
        approver=approver,
    )
    if standing == "waived":
        store.notices.decide_all_of(obligation.key, "waived", reason=reason, at=at)
    else:
        store.notices.decide_all_of(obligation.key, "cancelled", reason="answered", at=at)
    if first and standing != "waived":
        _open_successors(store, context, obligation, at=at)


def planned_anew(
    context: Context, obligation: Obligation, *, planned_on: date, reason: str, approver: str, at: datetime
) -> tuple[Obligation, CompiledNotices]:
    """The next plan version of an obligation, and what its ladder then owes from `at` on; nothing is written."""
    changed = replace(
        obligation,
        planned_on=planned_on,
        due_at=due_on(planned_on, obligation.post, context.places),
        version=obligation.version + 1,
        reason=reason,
        approver=approver,
    )
    if changed.opened_at is None:
        return changed, CompiledNotices((), ())
    return changed, _compiled(context, changed, from_when=at, event="it was planned anew")


def replan(store: Store, changed: Obligation, compiled: CompiledNotices, *, at: datetime) -> None:
    """Give an obligation its next plan: pending notices are cancelled, and those of the new plan are owed."""
    store.notices.decide_all_of(changed.key, "cancelled", reason="replanned", at=at)
    store.obligations.update(
        changed.key,
        planned_on=changed.planned_on,
        due_at=changed.due_at,
        version=changed.version,
        reason=changed.reason,
        approver=changed.approver,
    )
    store.notices.add(compiled.notices, compiled.skipped)


def _open_successors(store: Store, context: Context, done: Obligation, *, at: datetime) -> None:
    for step in context.config.calendar.steps:
        if step.opens_with != done.step:
            continue
        open_obligations(store, context, compile_step(store, context, step.id, country=done.country), at=at)


def _compile(store: Store, context: Context, obligation: Obligation, *, from_when: datetime) -> None:
    compiled = _compiled(context, obligation, from_when=from_when, event="it was asked")
    store.notices.add(compiled.notices, compiled.skipped)


def _compiled(context: Context, obligation: Obligation, *, from_when: datetime, event: str) -> CompiledNotices:
    config = context.config
    return compile_notices(
        obligation,
        config.ladders[config.owed(obligation.step).ladder],
        post=config.post_for(obligation.country)
        if obligation.country and obligation.step not in config.duties
        else None,
        positions=config.positions,
        places=context.places,
        opened_at=from_when,
        event=event,
    )
