"""What does the board tell of a cycle and of a bureau? The counts of the status board and of the bureaus' digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tipcycle.model.moment import day, utc
from tipcycle.model.obligation import Obligation
from tipcycle.model.post import NO_BUREAU, Post
from tipcycle.operations.bureau_facts import AHEAD, bureau_facts
from tipcycle.operations.context import Context
from tipcycle.operations.count_cycle import step_on_the_board
from tipcycle.operations.desk_links import proof_link, waiting_link
from tipcycle.operations.last_messages import last_messages
from tipcycle.rendering.board_page import BureauBoard, CycleBoard, Deadline, LateRow, OwedRow
from tipcycle.rendering.bureau_bars import BureauRow
from tipcycle.rendering.progress_chart import Progress
from tipcycle.store import Store

_CAME = ("received", "nil")


def cycle_board(store: Store, cycle: Context, at: datetime, *, status: Mapping[str, Any], waiting: int) -> CycleBoard:
    """The first page at `at`; `status` is what `read_status` told, `waiting` how many lines wait for a person."""
    year = cycle.config.report_year
    asked = _asked_of_posts(store, cycle)
    step = step_on_the_board(asked)
    counted = [one for one in asked if one.step == step]
    by_bureau = _by_bureau(cycle, counted)
    row, tick = store.cycles.get(year), store.last_tick_at()
    return CycleBoard(
        report_year=year,
        as_of=utc(at),
        last_tick=utc(tick) if tick else "",
        closed=utc(row.closed_at) if row.closed_at else "",
        step=step,
        what=cycle.config.owed(step).what,
        due=day(cycle.config.calendar.step(step).planned_on),
        deadline=_next_deadline(cycle, at, status),
        overall=_progress(cycle, "all posts", step, counted, at),
        bureaus=tuple(_row(bureau, owed, at) for bureau, owed in by_bureau),
        progress=tuple(_progress(cycle, bureau, step, owed, at) for bureau, owed in by_bureau),
        coming=sum(one.standing == "missing" and at <= one.due_at <= at + AHEAD for one in counted),
        waiting=waiting,
        waiting_link=waiting_link(cycle),
        late=tuple(_late(store, cycle, asked, at)),
        steps=status["steps"],
    )


def bureau_board(store: Store, cycle: Context, bureau: str, at: datetime) -> BureauBoard:
    """The page of one bureau at `at`."""
    everywhere = _asked_of_posts(store, cycle)
    step = step_on_the_board(everywhere)
    asked = [one for one in everywhere if bureau_of(cycle, one) == bureau]
    counted = [one for one in asked if one.step == step]
    facts = bureau_facts(store, cycle, None if bureau == NO_BUREAU else bureau, at)
    return BureauBoard(
        report_year=cycle.config.report_year,
        bureau=bureau,
        as_of=utc(at),
        what=cycle.config.owed(step).what,
        row=_row(bureau, counted, at),
        progress=_progress(cycle, bureau, step, counted, at),
        posts=facts.posts,
        owed=tuple(_owed(store, cycle, asked, at)),
        to_clear=facts.to_clear,
        held=len(facts.held),
    )


def bureaus_of(cycle: Context) -> list[str]:
    """Every bureau of the cycle's posts, in order."""
    return sorted({post.bureau or NO_BUREAU for post in cycle.config.posts.values()})


def bureau_of(cycle: Context, owed: Obligation) -> str:
    """The bureau of whoever owes it."""
    return _post(cycle, owed).bureau or NO_BUREAU


def _asked_of_posts(store: Store, cycle: Context) -> list[Obligation]:
    """What posts were really asked for, in order of due moment."""
    return [one for one in store.obligations.of_cycle(cycle.config.report_year) if one.post and one.opened_at]


def _by_bureau(cycle: Context, owed: Iterable[Obligation]) -> list[tuple[str, list[Obligation]]]:
    found: dict[str, list[Obligation]] = defaultdict(list)
    for one in owed:
        found[bureau_of(cycle, one)].append(one)
    return sorted(found.items())


def _row(bureau: str, owed: Sequence[Obligation], at: datetime) -> BureauRow:
    came = [one for one in owed if one.standing in _CAME]
    missing = [one for one in owed if one.standing == "missing"]
    overdue = sum(one.due_at < at for one in missing)
    return BureauRow(
        bureau=bureau,
        on_time=sum(not one.late for one in came),
        late=sum(one.late for one in came),
        overdue=overdue,
        not_due=len(missing) - overdue,
        waived=len(owed) - len(came) - len(missing),
    )


def _progress(cycle: Context, name: str, step: str, owed: Sequence[Obligation], at: datetime) -> Progress:
    """Days are those of whoever owes; a drawing has one deadline, so extensions do not show on it."""

    def local(one: Obligation, moment: datetime) -> date:
        return cycle.places.of_owner(one.post).local_date(moment)

    return Progress(
        name=name,
        asked=tuple(sorted(local(one, one.opened_at) for one in owed if one.opened_at)),
        came=tuple(sorted(local(one, one.answered_at) for one in owed if one.answered_at and one.standing in _CAME)),
        due_on=cycle.config.calendar.step(step).planned_on,
        today=cycle.places.washington.local_date(at),
    )


def _next_deadline(cycle: Context, at: datetime, status: Mapping[str, Any]) -> Deadline | None:
    today = cycle.places.washington.local_date(at)
    for one in sorted(status["steps"], key=lambda step: str(step["planned_on"])):
        on = date.fromisoformat(one["planned_on"])
        if on >= today and one["actual_at"] is None:
            return Deadline(cycle.config.owed(one["step"]).what, day(on), (on - today).days)
    return None


def _late(store: Store, cycle: Context, asked: Sequence[Obligation], at: datetime) -> Iterable[LateRow]:
    late = [one for one in asked if one.standing == "missing" and one.due_at < at]
    told = last_messages(store, cycle, late)
    rows = [
        LateRow(
            post=_post(cycle, one).name,
            bureau=bureau_of(cycle, one),
            country=cycle.config.countries[one.country or ""].name,
            what=cycle.config.owed(one.step).what,
            due=day(one.planned_on),
            overdue_days=_overdue_days(cycle, one, at),
            last_message=told[one.key],
        )
        for one in late
    ]
    return sorted(rows, key=lambda row: (-row.overdue_days, row.bureau, row.post, row.country))


def _owed(store: Store, cycle: Context, asked: Sequence[Obligation], at: datetime) -> Iterable[OwedRow]:
    told = last_messages(store, cycle, asked)
    for one in sorted(asked, key=lambda owed: (_post(cycle, owed).name, owed.due_at, owed.country or "")):
        zone = cycle.places.of_owner(one.post)
        yield OwedRow(
            post=_post(cycle, one).name,
            country=cycle.config.countries[one.country or ""].name,
            what=cycle.config.owed(one.step).what,
            due=day(one.planned_on),
            standing=_standing(cycle, one, at),
            overdue=one.standing == "missing" and one.due_at < at,
            answered=day(zone.local_date(one.answered_at)) if one.answered_at else "",
            last_message=told[one.key],
            proof=proof_link(cycle, _post(cycle, one)),
        )


def _standing(cycle: Context, one: Obligation, at: datetime) -> str:
    if one.standing == "waived":
        return "waived"
    if one.standing == "missing":
        days = _overdue_days(cycle, one, at)
        return "not due yet" if one.due_at >= at else f"overdue, {days} day{'s' if days != 1 else ''}"
    told = "nothing to report" if one.standing == "nil" else "in" if one.complete is not False else "in, incomplete"
    return f"{told}, late" if one.late else told


def _overdue_days(cycle: Context, one: Obligation, at: datetime) -> int:
    """On the calendar of whoever owes it: 1 on the day after it was due."""
    return (cycle.places.of_owner(one.post).local_date(at) - one.planned_on).days


def _post(cycle: Context, owed: Obligation) -> Post:
    return cycle.config.posts[owed.post or ""]
