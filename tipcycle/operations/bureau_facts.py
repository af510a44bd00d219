"""What does a bureau's digest tell: how do its posts stand, what comes next, and what waits for the bureau itself?"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tipcycle.model.moment import day
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context
from tipcycle.operations.holds_in_force import holds_of
from tipcycle.operations.rounds_to_tell import rounds_to_tell
from tipcycle.reminders.hold import covers, hold_over
from tipcycle.store import Store

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class PostRow:
    """A post by numbers: of what it was `asked`, how much came `in`, how much of that `late`, what is overdue."""

    post: str
    asked: int
    received: int
    late: int
    overdue: int
    coming: int


@dataclass(frozen=True)
class Coming:
    """What falls due together, on a day in words: the countries by name, in order."""

    due: str
    what: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class BureauFacts:
    """Posts in order of name; `held` says what is on hold of them, `splits` and `to_clear` what waits, in words."""

    posts: tuple[PostRow, ...]
    overdue: tuple[Coming, ...]
    coming: tuple[Coming, ...]
    held: tuple[str, ...]
    splits: tuple[str, ...]
    to_clear: tuple[str, ...]


def bureau_facts(store: Store, cycle: Context, bureau: str | None, at: datetime) -> BureauFacts:
    """The facts of one bureau (None: of posts that have none) at `at`; only what was really asked is counted."""
    config, year = cycle.config, cycle.config.report_year
    everything = store.obligations.of_cycle(year)
    asked = [one for one in everything if one.post and config.posts[one.post].bureau == bureau and one.opened_at]
    missing = [one for one in asked if one.standing == "missing"]
    return BureauFacts(
        posts=_rows(cycle, asked, at),
        overdue=_together(cycle, [one for one in missing if one.due_at < at]),
        coming=_together(cycle, [one for one in missing if at <= one.due_at <= at + AHEAD]),
        held=_held(store, cycle, bureau, at) if bureau else (),
        splits=_splits(store, cycle, bureau),
        to_clear=_to_clear(
            store, cycle, [one for one in everything if bureau and one.owner == f"{bureau.lower()}.bureau"]
        ),
    )


def _rows(cycle: Context, asked: list[Obligation], at: datetime) -> tuple[PostRow, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in asked:
        row, missing = counts[cycle.config.posts[one.post or ""].name], one.standing == "missing"
        row["asked"] += 1
        row["in"] += one.standing in ("received", "nil")
        row["late"] += one.late
        row["overdue"] += missing and one.due_at < at
        row["coming"] += missing and at <= one.due_at <= at + AHEAD
    names = ("asked", "in", "late", "overdue", "coming")
    return tuple(PostRow(post, *(row[name] for name in names)) for post, row in sorted(counts.items()))


def _together(cycle: Context, owed: list[Obligation]) -> tuple[Coming, ...]:
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    for one in owed:
        country = cycle.config.countries[one.country].name if one.country else "the cycle"
        found[one.planned_on, cycle.config.owed(one.step).what].append(country)
    return tuple(Coming(day(on), what, tuple(sorted(names))) for (on, what), names in sorted(found.items()))


def _held(store: Store, cycle: Context, bureau: str, at: datetime) -> tuple[str, ...]:
    seats = [seat for seat in cycle.config.positions.values() if seat.bureau == bureau]
    lines = []
    for hold in holds_of(store, cycle.config.report_year, at):
        over = next((seat for seat in seats if covers(hold, seat)), None)
        told = hold_over(over, [hold], at=at) if over else None
        if told:
            name = cycle.config.posts[hold.name].name if hold.scope == "post" else hold.whom
            lines.append(f"{name}: {told.reason}")
    return tuple(lines)


def _splits(store: Store, cycle: Context, bureau: str | None) -> tuple[str, ...]:
    config = cycle.config
    return tuple(
        f"{config.countries[one.iso3].name}: lies with {one.holder} since "
        f"{day(cycle.places.washington.local_date(one.opened_at))}"
        for one in store.tiers.levels(config.report_year)
        if one.outcome is None and config.post_for(one.iso3).bureau == bureau
    )


def _to_clear(store: Store, cycle: Context, owned: list[Obligation]) -> tuple[str, ...]:
    waiting = [one for one in owned if one.standing == "missing" and one.opened_at]
    rounds = rounds_to_tell(store, cycle, waiting)
    lines = []
    for one in waiting:
        told = rounds.get(one.key)
        what = (
            f"{told.count} document{'s' if told.count != 1 else ''} to clear"
            if told
            else cycle.config.owed(one.step).what
        )
        lines.append(f"{what}, due {day(one.planned_on)}")
    return tuple(lines)
