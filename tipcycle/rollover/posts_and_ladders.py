"""Which posts and ladders are other ones in the next cycle? Two configs beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.ladder import Ladder
from tipcycle.model.moment import day
from tipcycle.model.post import Post, WorkWeek


@dataclass(frozen=True)
class Change:
    """What changes of one thing: its name, which of its sides, and both values in words."""

    name: str
    what: str
    before: str
    now: str


def post_changes(before: CycleConfig, now: CycleConfig) -> tuple[Change, ...]:
    """Posts that come, go, or change in coverage, zone or work week; in order of id.

    A work week that begins between the opening of the next cycle and its Report is a change too, though both configs
    hold it.
    """
    changes: list[Change] = []
    for post_id in sorted({*before.posts, *now.posts}):
        old, new = before.posts.get(post_id), now.posts.get(post_id)
        if old is None or new is None:
            named = new or old
            changes.append(Change(named.name if named else post_id, "post", _there(old), _there(new)))
        else:
            changes += _sides(old, new)
            changes += _weeks_that_begin(old, new, now)
    return tuple(changes)


def ladder_changes(before: CycleConfig, now: CycleConfig) -> tuple[Change, ...]:
    """Steps whose rungs are other ones, in the order of the calendar."""
    changes = []
    for step in now.calendar.steps:
        old = before.ladders[before.calendar.step(step.id).ladder]
        new = now.ladders[step.ladder]
        if _rungs(old) != _rungs(new):
            changes.append(Change(step.id, "ladder", _rungs(old), _rungs(new)))
    return tuple(changes)


def _sides(old: Post, new: Post) -> Iterator[Change]:
    sides = (
        ("covers", ", ".join(sorted(old.covers)), ", ".join(sorted(new.covers))),
        ("time zone", old.time_zone, new.time_zone),
        ("work week", _weeks(old), _weeks(new)),
        ("bureau", old.bureau or "none", new.bureau or "none"),
    )
    return (Change(new.name, what, was, now) for what, was, now in sides if was != now)


def _weeks_that_begin(old: Post, new: Post, now: CycleConfig) -> Iterator[Change]:
    opens, ends = now.calendar.opens_on, now.calendar.step("report-release").planned_on
    if _weeks(old) != _weeks(new):
        return
    for earlier, later in zip(new.work_weeks, new.work_weeks[1:], strict=False):
        if later.since and opens <= later.since <= ends:
            yield Change(new.name, f"work week from {day(later.since)}", earlier.days, later.days)


def _there(post: Post | None) -> str:
    return "not there" if post is None else f"covers {', '.join(sorted(post.covers))}"


def _weeks(post: Post) -> str:
    return ", ".join(_week(one) for one in post.work_weeks)


def _week(week: WorkWeek) -> str:
    return week.days if week.since is None else f"{week.days} from {week.since}"


def _rungs(ladder: Ladder) -> str:
    """`-7 action-officer; +1 action-officer, alternate (statutory)`."""
    return "; ".join(
        f"{rung.days:+d} {', '.join(rung.to)}"
        + (f" by {rung.channel}" if rung.channel != "email" else "")
        + (" (statutory)" if rung.kind == "statutory" else "")
        for rung in ladder.rungs
    )
