"""Bring a recorded special watch list up to the placements as corrected since, with a preview and a reason.

What was on the list when stays provable: the list as recorded and every change of it are kept. An entry that comes is
asked from now on; of one that goes nothing more is asked, and nothing that it sent is lost.
Source: 22 U.S.C. 7107(b)(2)(A); decision 0015.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tipcycle.assessment.list_difference import ListDifference
from tipcycle.calendar.obligations import obligations_of
from tipcycle.config.check import plan_fits
from tipcycle.errors import ConfigError, StoreError
from tipcycle.model.keys import obligation_key, request_key
from tipcycle.model.moment import day
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Group, ListCorrection, Listed
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.list_now import list_now
from tipcycle.operations.obligation_life import compile_step, open_obligations, planned_anew, replan
from tipcycle.store import Store

WITHDRAWN = "no longer on the special watch list"
REQUEST = "action-request"
_GROUPS: dict[Group, str] = {
    "tier_2_watch_list": "Tier 2 Watch List",
    "moved_up_to_1": "moved up to Tier 1",
    "moved_up_from_3": "moved up from Tier 3",
}


@dataclass(frozen=True)
class ListChange:
    """What changes, in lines a coordinator can read; `done` is False for a preview."""

    lines: tuple[str, ...]
    changed: int
    done: bool


def correct_list(report_year: int, *, position: str, reason: str, at: datetime, preview: bool) -> ListChange:
    """Apply the difference between list and placements; where there is none nothing is done.

    Raises `StoreError` for a post that decides, `ConfigError` where an entry that comes has no plan that fits it.
    """
    cycle = context(report_year)
    require_reason("a list is corrected", reason)
    require_position(cycle.config, position)
    if cycle.config.positions[position].post is not None:
        raise StoreError(f"{position} is at a post; the list is the Department's, such as gtip.director's")
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        difference = list_now(store, cycle, at)
        if store.cycles.get(report_year).listed_at is None:
            raise StoreError(f"cycle {report_year}: no list is recorded yet; until it is, corrections simply count")
        if not difference:
            return ListChange(
                ("the list is the one that the placements give; nothing to correct",), 0, done=not preview
            )
        _require_plans(cycle, difference)
        lines = tuple(_lines(store, cycle, difference, at))
        changed = len(difference.added) + len(difference.dropped) + len(difference.regrouped)
        if preview:
            return ListChange(lines, changed, done=False)
        _keep(store, cycle, difference, position=position, reason=reason, at=at)
        for entry in difference.dropped:
            _withdraw(store, cycle, entry.iso3, reason=reason, approver=position, at=at)
        _ask(store, cycle, [entry.iso3 for entry in difference.added], reason=reason, approver=position, at=at)
        return ListChange(lines, changed, done=True)


def _require_plans(cycle: Context, difference: ListDifference) -> None:
    config = cycle.config
    covered = {iso3 for post in config.posts.values() for iso3 in post.covers}
    for entry in difference.added:
        if entry.iso3 not in covered:
            raise StoreError(f"{entry.iso3}: no post covers it; add it to config/posts.yaml first")
    folder = f"config/cycles/{config.report_year}/plans"
    faults = [
        fault
        for entry in (*difference.added, *difference.regrouped)
        for fault in plan_fits(entry, config.plans.get(entry.iso3), file=f"{folder}/{entry.iso3}.yaml")
    ]
    if faults:
        raise ConfigError(faults)


def _lines(store: Store, cycle: Context, difference: ListDifference, at: datetime) -> Iterator[str]:
    """What becomes of each entry, and of each thing that it owes."""
    today = cycle.places.washington.local_date(at)
    for entry in difference.added:
        yield f"+{entry.iso3}: {_GROUPS[entry.group]} ({entry.because})"
        for step in _steps(cycle):
            (owed,) = obligations_of(
                cycle.config.calendar.step(step),
                config=cycle.config,
                places=cycle.places,
                special_watch_list=[entry.iso3],
            )
            known = store.obligations.by_key([owed.key]).get(owed.key)
            if known and known.standing != "waived":
                yield f"  {step}: stands as {known.standing}"
                continue
            past = (
                "; that day is over: give it another (form change-deadline, or tipcycle change-deadline)"
                if owed.planned_on < today
                else ""
            )
            opens = "asked from now on" if step == REQUEST else f"asked once {_before(cycle, step)} is done"
            yield f"  {step}: {opens}, planned for {day(owed.planned_on)}{past}"
    for entry in difference.dropped:
        yield f"−{entry.iso3}: was {_GROUPS[entry.group]} ({entry.because})"
        for owed in _owed(store, cycle, entry.iso3):
            pending = sum(one.state in ("owed", "queued") for one in store.notices.of_obligations([owed.key]))
            withdrawn = f"withdrawn, {pending} pending notices cancelled"
            yield f"  {owed.step}: {withdrawn if owed.standing == 'missing' else f'stays as {owed.standing}'}"
        if store.obligations.get(obligation_key(cycle.config.report_year, REQUEST, entry.iso3)).answered_at:
            post = cycle.config.post_for(entry.iso3).name
            yield f"  {post} was asked already and gets no reminder any more: tell it that nothing else is expected"
    was = {one.iso3: one for one in store.cycles.special_watch_list(cycle.config.report_year)}
    for entry in difference.regrouped:
        yield f"{entry.iso3}: {_GROUPS[was[entry.iso3].group]} → {_GROUPS[entry.group]} ({entry.because})"
        if store.obligations.get(obligation_key(cycle.config.report_year, REQUEST, entry.iso3)).answered_at:
            yield "  its action request went out in the words of the group before"
    draft = store.obligations.get(obligation_key(cycle.config.report_year, "interim-draft", None))
    if draft.standing != "missing":
        yield "the interim assessment was drafted already: assemble it anew"


def _keep(
    store: Store, cycle: Context, difference: ListDifference, *, position: str, reason: str, at: datetime
) -> None:
    year = cycle.config.report_year
    first = len(store.cycles.list_corrections(year)) + 1
    entries: list[tuple[Listed, Group | None]] = [
        *((one, one.group) for one in (*difference.added, *difference.regrouped)),
        *((one, None) for one in difference.dropped),
    ]
    changes = [
        ListCorrection(year, number, one.iso3, group, one.counted, one.because, reason, position, corrected_at=at)
        for number, (one, group) in enumerate(entries, first)
    ]
    store.cycles.correct_list(changes)
    store.acts.add(
        "correct-special-watch-list",
        obligation_key(year, "special-watch-list", None),
        actor=position,
        at=at,
        reason=reason,
        changes=[f"{one.iso3} {one.group or 'dropped'}" for one in changes],
    )


def _withdraw(store: Store, cycle: Context, iso3: str, *, reason: str, approver: str, at: datetime) -> None:
    """Nothing more is asked of it: what is missing is waived, and its notices are cancelled as withdrawn."""
    told = f"{WITHDRAWN}: {reason}"
    store.messages.withdraw(request_key(cycle.config.report_year, iso3), told)
    for owed in _owed(store, cycle, iso3):
        if owed.standing == "missing":
            store.notices.decide_all_of(owed.key, "cancelled", reason="withdrawn", at=at)
            waived: Literal["waived"] = "waived"
            store.obligations.update(owed.key, standing=waived, reason=told, approver=approver)


def _ask(store: Store, cycle: Context, countries: list[str], *, reason: str, approver: str, at: datetime) -> None:
    """Let the entries owe what the others owe; what was withdrawn from one before is owed again, as planned anew."""
    for step in _steps(cycle):
        for owed in compile_step(store, cycle, step):
            if owed.country not in countries:
                continue
            if owed.standing == "waived" and owed.reason.startswith(WITHDRAWN):
                _owe_again(store, cycle, owed, reason=reason, approver=approver, at=at)
            elif step == REQUEST and owed.standing == "missing":
                open_obligations(store, cycle, [owed], at=at)


def _owe_again(store: Store, cycle: Context, owed: Obligation, *, reason: str, approver: str, at: datetime) -> None:
    missing: Literal["missing"] = "missing"
    again = replace(owed, standing=missing)
    changed, compiled = planned_anew(
        cycle, again, planned_on=owed.planned_on, reason=f"on the list again: {reason}", approver=approver, at=at
    )
    store.obligations.update(owed.key, standing=missing)
    replan(store, changed, compiled, at=at)
    if owed.step == REQUEST and owed.country:
        store.messages.seal_again(request_key(cycle.config.report_year, owed.country), "on the list again")


def _steps(cycle: Context) -> list[str]:
    return [step.id for step in cycle.config.calendar.steps if step.per == "watch-list country"]


def _before(cycle: Context, step: str) -> str:
    return cycle.config.calendar.step(step).opens_with or "the cycle's opening"


def _owed(store: Store, cycle: Context, iso3: str) -> list[Obligation]:
    keys = [obligation_key(cycle.config.report_year, step, iso3) for step in _steps(cycle)]
    found = store.obligations.by_key(keys)
    return [found[key] for key in keys if key in found]
