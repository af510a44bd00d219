"""Does the ledger hold every notice that is promised, as it is promised, and none besides?

A notice beyond the promises is founded where the same rung could not reach a position further down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.promises import Promise


def look_at_notices(facts: Facts, promises: Mapping[str, Promise]) -> Iterator[Difference]:
    """Differences in order of key: missing, altered, beyond the promises, and obligations of which nobody is told."""
    for key in sorted(promises.keys() - facts.notices.keys()):
        yield Difference("missing notice", key, f"is promised for {iso(promises[key].due_at)} and not in the ledger")
    for key, notice in sorted(facts.notices.items()):
        if key in promises:
            yield from _altered(notice, promises[key])
        elif passed_on_since(facts, notice) is None:
            yield Difference("unpromised notice", key, "is in the ledger, and nothing promises it")
        else:
            yield from _same_rung(notice, promises)
    for key, owed in sorted(facts.obligations.items()):
        if _is_silent(facts, owed):
            yield Difference("nobody reminded", key, "is asked, and no notice tells of it; change its deadline")


def passed_on_since(facts: Facts, notice: Notice) -> datetime | None:
    """When a notice came to its position because one below could not be reached; None if it did not."""
    moments = []
    for other in facts.by_obligation.get(notice.obligation, []):
        if (other.version, other.days) != (notice.version, notice.days) or other.position == notice.position:
            continue
        if other.state == "failed" and other.decided_at:
            moments.append(other.decided_at)
        if other.message in facts.came_back:
            moments += [
                row["at"]
                for act in ("address-refused", "mail-came-back")
                for row in facts.done(act, other.message or "")
            ]
    return min(moments, default=None)


def _altered(notice: Notice, promise: Promise) -> Iterator[Difference]:
    for name in ("obligation", "version", "days", "position", "level", "channel", "kind", "due_at", "latest_by"):
        found, wanted = getattr(notice, name), getattr(promise, name)
        if found != wanted:
            yield Difference("altered notice", notice.key, f"{name} is {_told(found)}, and had to be {_told(wanted)}")


def _same_rung(notice: Notice, promises: Mapping[str, Promise]) -> Iterator[Difference]:
    rung = [
        one
        for one in promises.values()
        if (one.obligation, one.version, one.days) == (notice.obligation, notice.version, notice.days)
    ]
    if not any((one.due_at, one.latest_by) == (notice.due_at, notice.latest_by) for one in rung):
        yield Difference("altered notice", notice.key, f"due_at is {iso(notice.due_at)}, which is no day of its rung")


def _is_silent(facts: Facts, owed: Obligation) -> bool:
    return owed.opened_at is not None and owed.standing == "missing" and not facts.by_obligation.get(owed.key)


def _told(value: object) -> str:
    return iso(value) if isinstance(value, datetime) else str(value)
