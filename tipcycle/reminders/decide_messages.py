"""What is owed now? Every message to seal at `at`, and for everything held back, why and until when.

In this order: collapse to the newest rung, keep back what is on hold, let the post's rung go first, pass on what cannot
be reached, keep to the recipient's working hours, and one digest a position, channel and local day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tipcycle.calendar.places import Places
from tipcycle.model.answer import Answer
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.hold import Hold
from tipcycle.model.keys import message_key
from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Channel
from tipcycle.reminders.collapse import collapse
from tipcycle.reminders.escalation import wait_for_post
from tipcycle.reminders.hold import hold_over
from tipcycle.reminders.pause import pause_for
from tipcycle.reminders.stand_in import HandedOver, hand_over, valid_address


@dataclass(frozen=True)
class Situation:
    """What the ledger says at `at`: owed and due notices, their obligations, and every notice of these.

    `sealed` counts what was sealed by position, channel and the recipient's local day: how many stand, highest n.
    `answers` are the short answers by obligation, where there are any; `holds` are this cycle's.
    """

    at: datetime
    owed: tuple[Notice, ...]
    obligations: Mapping[str, Obligation]
    history: Mapping[str, tuple[Notice, ...]]
    sealed: Mapping[tuple[str, str, date], tuple[int, int]]
    refused: Collection[tuple[str, str]]
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class Digest:
    """One message to seal: its notices in order of key, each with the older rungs it replaces."""

    key: str
    position: str
    channel: Channel
    address: str
    local_on: date
    n: int
    notices: tuple[Notice, ...]
    replaced: Mapping[str, tuple[Notice, ...]]
    forced: str = ""

    @property
    def statutory(self) -> bool:
        """Whether the law's own date hangs on it."""
        return any(notice.kind == "statutory" for notice in self.notices)


@dataclass(frozen=True)
class Held:
    """A due notice that does not go now: why, and the moment from which it may (None: something else decides)."""

    notice: str
    reason: str
    until: datetime | None


@dataclass
class Decision:
    """What to do; `unreachable` are notices for which nobody up to the director has a valid address.

    `left_behind` maps a notice that was passed on to the older rungs which it would have replaced.
    """

    digests: list[Digest] = field(default_factory=list)
    dropped: list[Notice] = field(default_factory=list)
    handed_over: list[HandedOver] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    unreachable: list[Notice] = field(default_factory=list)
    left_behind: dict[str, tuple[Notice, ...]] = field(default_factory=dict)


def decide_messages(situation: Situation, *, config: CycleConfig, places: Places) -> Decision:
    """Decide everything due at `situation.at`; the same situation always gives the same decision."""
    decision = Decision()
    live: list[Notice] = []
    for notice in situation.owed:
        answered = situation.obligations[notice.obligation].standing != "missing"
        (decision.dropped if answered else live).append(notice)
    collapsed = collapse(live)
    ready = [
        notice
        for notice in collapsed.newest
        if _may_go(notice, situation, config=config, places=places, decision=decision)
    ]
    reachable = _with_stand_ins(ready, situation, config=config, decision=decision)
    decision.left_behind = {
        handed.notice.key: collapsed.replaced[handed.notice.key]
        for handed in decision.handed_over
        if handed.notice.key in collapsed.replaced
    }
    again = collapse(reachable)
    replaced = dict(collapsed.replaced)
    for key, older in again.replaced.items():
        with_theirs = (one for each in older for one in (each, *collapsed.replaced.get(each.key, ())))
        replaced[key] = replaced.get(key, ()) + tuple(with_theirs)
    _into_digests(again.newest, replaced, situation, config=config, places=places, decision=decision)
    return decision


def _may_go(notice: Notice, situation: Situation, *, config: CycleConfig, places: Places, decision: Decision) -> bool:
    # A hold comes first: nothing that it covers is sealed, nor passed on to anybody else.
    hold = hold_over(config.positions[notice.position], situation.holds, at=situation.at)
    if hold:
        decision.held.append(Held(notice.key, hold.reason, hold.until))
        return False
    said = situation.answers.get(notice.obligation, ())
    pause = pause_for(notice, situation.obligations[notice.obligation], said, at=situation.at)
    if pause:
        decision.held.append(Held(notice.key, pause.reason, pause.until))
        return False
    wait = wait_for_post(
        notice,
        situation.history[notice.obligation],
        at=situation.at,
        above=places.of(config.positions[notice.position]),
        below=places.of_owner(notice.post),
    )
    if wait:
        decision.held.append(Held(notice.key, wait.reason, wait.until))
    return wait is None


def _with_stand_ins(
    ready: list[Notice], situation: Situation, *, config: CycleConfig, decision: Decision
) -> list[Notice]:
    reachable = []
    passed_on: set[str] = set()
    for notice in ready:
        if valid_address(config.positions[notice.position], notice.channel, situation.refused):
            reachable.append(notice)
            continue
        handed = hand_over(
            notice,
            post=config.posts[notice.post] if notice.post else None,
            positions=config.positions,
            refused=situation.refused,
            known={other.key for other in situation.history[notice.obligation]} | passed_on,
        )
        if handed is None:
            decision.unreachable.append(notice)
            continue
        decision.handed_over.append(handed)
        if handed.to:
            reachable.append(handed.to)
            passed_on.add(handed.to.key)
    return reachable


def _into_digests(
    notices: tuple[Notice, ...],
    replaced: Mapping[str, tuple[Notice, ...]],
    situation: Situation,
    *,
    config: CycleConfig,
    places: Places,
    decision: Decision,
) -> None:
    boxes: dict[tuple[str, Channel], list[tuple[Notice, str]]] = defaultdict(list)
    for notice in notices:
        way = valid_address(config.positions[notice.position], notice.channel, situation.refused)
        channel = way[0] if way else notice.channel
        forced = _hours(notice, channel, situation, config=config, places=places, decision=decision)
        if forced is not None:
            boxes[notice.position, channel].append((notice, forced))
    for (position, channel), entries in sorted(boxes.items()):
        local_on = places.of(config.positions[position]).local_date(situation.at)
        n = situation.sealed.get((position, channel, local_on), (0, 0))[1] + 1
        way = valid_address(config.positions[position], channel, situation.refused)
        decision.digests.append(
            Digest(
                key=message_key(config.report_year, position, channel, local_on, n),
                position=position,
                channel=channel,
                address=way[1] if way else "",
                local_on=local_on,
                n=n,
                notices=tuple(notice for notice, _ in entries),
                replaced={notice.key: replaced[notice.key] for notice, _ in entries if notice.key in replaced},
                forced="; ".join(sorted({forced for _, forced in entries if forced})),
            )
        )


def _hours(
    notice: Notice,
    channel: Channel,
    situation: Situation,
    *,
    config: CycleConfig,
    places: Places,
    decision: Decision,
) -> str | None:
    """None if the notice waits, "" if it goes in the ordinary way, else why it may not wait."""
    at = situation.at
    working = places.of(config.positions[notice.position])
    opening = working.next_opening(at)
    would_pass = notice.latest_by is not None and at <= notice.latest_by < opening
    if not working.is_open(at) and not would_pass:
        decision.held.append(Held(notice.key, "outside the recipient's working hours", opening))
        return None
    standing, _ = situation.sealed.get((notice.position, channel, working.local_date(at)), (0, 0))
    if standing and notice.kind != "statutory" and not would_pass:
        decision.held.append(Held(notice.key, "this position had its message today", opening))
        return None
    if not working.is_open(at):
        return f"sent outside working hours, because its time runs out at {iso(notice.latest_by or at)}"
    return ""
