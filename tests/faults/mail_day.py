"""A day of mails to a server with seeded faults: are the unknown ones those, and all of those, that nobody can know?"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.ledger import SEALED_AT, accepted_at, attempted_at, listed_as_unknown, made_up, seal, states
from tests.receivers.faults import UNKNOWABLE, Fault, Plan, draw
from tests.receivers.mail import FaultyMailbox
from tests.smoke.story import story
from tipcycle.model.message import Message
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.settings import settings
from tipcycle.store import Store

BUSY_HOURS = 4
_MOST_TICKS = 40


@dataclass(frozen=True)
class MailDay:
    """What was injected, and what the ledger and the receiver said afterwards."""

    mails: int
    planned: Counter[Fault]
    came_about: Counter[Fault]
    listed: list[str]  # as unknown, once for each time that the log tells it
    unknowable: set[str]
    lost: set[str]
    doubled: set[str]
    not_as_they_must_be: dict[str, str]
    passed_on_later: set[str]  # refused, and not told to the next position in the same tick
    unmarked: set[str]  # refused addresses that are not marked
    broken: list[str]
    ticks: int

    @property
    def doubled_beyond_unknown(self) -> set[str]:
        """Arrived twice although the ledger never listed them as unknown."""
        return self.doubled - set(self.listed)


def play_mail_day(folder: Path, mails: int, shares: Mapping[Fault, int], *, seed: int, time_out: float) -> MailDay:
    """Tick by the hour until nothing is left to try; the server is busy for the first hours.

    `time_out` in seconds: a fault that stalls costs as much.
    """
    made = made_up(mails, channel="email", statutory_every=10, seed=seed)
    by_address = {one.address: one for one in made}
    plan = draw(sorted(by_address), shares, seed=seed)
    mailbox = FaultyMailbox(folder / "mails", plan)
    with story(folder, mailbox=mailbox) as cycle:
        os.environ["TIPCYCLE_SEND_TIMEOUT_SECONDS"] = str(time_out)
        seal(made)
        ticks, at = 0, SEALED_AT
        while ticks <= BUSY_HOURS or (set(states().values()) & {"sealed", "sending"} and ticks < _MOST_TICKS):
            at, ticks = at + timedelta(hours=1), ticks + 1
            mailbox.busy = ticks <= BUSY_HOURS
            cycle.tick(at)
        cycle.tick(at + timedelta(hours=1))  # a last one for the repeats by rule
        return _compare(made, plan, mailbox, ticks)


def _compare(made: Sequence[Message], plan: Plan, mailbox: FaultyMailbox, ticks: int) -> MailDay:
    now, accepted = states(), accepted_at()
    faults = {one.key: plan.get(one.address) for one in made}
    unknowable = {key for key, fault in faults.items() if fault in UNKNOWABLE}
    gone = {key for key, fault in faults.items() if fault == "gone"}
    must_be = {one.key: _must_be(faults[one.key], statutory=one.statutory) for one in made}
    passed_on = {key.partition("+")[0]: key for key in now if "+" in key}
    refused_at = attempted_at()
    with Store.read(settings().ledger_url) as store:
        marked = {address for _, address in store.addresses.refused()}
    return MailDay(
        mails=len(made),
        planned=Counter(plan.values()),
        came_about=mailbox.done,
        listed=listed_as_unknown(),
        unknowable=unknowable,
        lost={key for key in must_be if key not in mailbox.accepted and key not in gone and now[key] != "unknown"},
        doubled={key for key, times in mailbox.accepted.items() if times > 1},
        not_as_they_must_be={key: now[key] for key, state in must_be.items() if now[key] != state},
        passed_on_later={key for key in gone if accepted.get(passed_on.get(key, "")) != refused_at[key]},
        unmarked={one.address for one in made if one.key in gone} - marked,
        broken=verify_ledger(),
        ticks=ticks,
    )


def _must_be(fault: Fault | None, *, statutory: bool) -> str:
    if fault == "gone":
        return "refused"
    return "unknown" if fault in UNKNOWABLE and not statutory else "accepted"
