"""The whole comparison of one cycle: its line, and every difference with its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tipcycle.model.counted import counted_of
from tipcycle.model.moment import iso
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.local_time import Clocks
from tipcycle.watchman.mails_kept import look_at_mails
from tipcycle.watchman.notices_kept import look_at_notices
from tipcycle.watchman.obligations_kept import look_at_obligations, look_at_steps
from tipcycle.watchman.promises import Promise, promises_of
from tipcycle.watchman.punctual import Punctuality
from tipcycle.watchman.states_kept import look_at_states

_QUIET = timedelta(hours=2)  # the tick is hourly
_PENDING = ("owed", "queued")


@dataclass(frozen=True)
class Watch:
    """`promised` counts the notices that had to be decided by now; `waiting` those that are held for a reason."""

    promised: int
    done: int
    waiting: int
    unknown: int
    late: int
    differences: tuple[Difference, ...]

    @property
    def line(self) -> str:
        """`614 promised, 614 done, 0 unknown, 0 late`."""
        waiting = f"{self.waiting} waiting, " if self.waiting else ""
        line = f"{self.promised} promised, {self.done} done, {waiting}{self.unknown} unknown, {self.late} late"
        return f"{line}; {counted_of(len(self.differences), 'difference')}" if self.differences else line


def watch(facts: Facts) -> Watch:
    """Reckon everything anew and compare; the same facts always give the same differences, in the same order."""
    clocks = Clocks(facts.config)
    promises = {
        promise.key: promise for owed in facts.obligations.values() for promise in promises_of(facts, owed, clocks)
    }
    differences = tuple(_differences(facts, promises, clocks))
    late = {one.about for one in differences if one.kind in ("late", "undecided")}
    by_now = {key for key, one in promises.items() if one.due_at <= facts.at}
    by_now |= {key for key, one in facts.notices.items() if one.due_at <= facts.at}
    states = [facts.notices[key].state for key in by_now if key in facts.notices]
    pending = {key for key in by_now if key in facts.notices and facts.notices[key].state in _PENDING}
    return Watch(
        promised=len(by_now),
        done=sum(state not in (*_PENDING, "unknown") for state in states),
        waiting=len(pending - late),
        unknown=states.count("unknown"),
        late=len(late),
        differences=differences,
    )


def _differences(facts: Facts, promises: Mapping[str, Promise], clocks: Clocks) -> Iterator[Difference]:
    yield from look_at_steps(facts, clocks)
    yield from _missing_tick(facts, promises)
    yield from look_at_obligations(facts, clocks)
    yield from look_at_notices(facts, promises)
    yield from look_at_states(facts)
    yield from Punctuality(facts, promises, clocks).differences()
    yield from look_at_mails(facts, clocks)
    for document, position in facts.unasked:
        yield Difference("clearance not asked", document, f"is {position}'s turn, and nobody asked")
    for line in facts.missing_files:
        yield Difference("release without files", *_halves(line))


def _missing_tick(facts: Facts, promises: Mapping[str, Promise]) -> Iterator[Difference]:
    cycle = facts.cycle
    if cycle is None or cycle["closed_at"]:
        return
    last = facts.last_tick_at or cycle["opened_at"]
    due = [
        key
        for key, one in promises.items()
        if one.due_at <= facts.at and key in facts.notices and facts.notices[key].state in _PENDING
    ]
    sealed = [mail for mail in facts.mails.values() if mail.state == "sealed"]
    if facts.at - last > _QUIET and (due or sealed):
        told = f"since {iso(last)}, and {len(due)} notices are due and {len(sealed)} messages sealed"
        yield Difference("missing tick", "remind-and-escalate", f"no tick {told}")


def _halves(line: str) -> tuple[str, str]:
    about, _, what = line.partition(": ")
    return about, what
