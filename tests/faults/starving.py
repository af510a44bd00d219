"""A few statutory mails, sealed after thousands of courtesies: do they go first, on a bad day too?"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.faults.ledger import SEALED_AT, made_up, seal, states
from tests.receivers.faults import Fault
from tests.receivers.mail import FaultyMailbox
from tests.smoke.story import story

STATUTORY = 20


@dataclass(frozen=True)
class Queue:
    """`place` of the last statutory mail in the order of arrival, from 1; `lost` are neither there nor still to go."""

    courtesies: int
    place: int
    lost: int
    stalls: int


def play_queue(folder: Path, courtesies: int, *, stalling: int, time_out: float) -> Queue:
    """One tick; the first `stalling` courtesies meet a server that does not answer."""
    polite = made_up(courtesies, channel="email", statutory_every=0, seed=1)
    urgent = [
        replace(one, statutory=True, sealed_at=SEALED_AT + timedelta(minutes=59))
        for one in made_up(STATUTORY, channel="email", statutory_every=0, seed=1, start=courtesies)
    ]
    plan: dict[str, Fault] = {one.address: "stall" for one in polite[:stalling]}
    mailbox = FaultyMailbox(folder / "mails", plan)
    with story(folder, mailbox=mailbox) as cycle:
        os.environ["TIPCYCLE_SEND_TIMEOUT_SECONDS"] = str(time_out)
        seal([*polite, *urgent])
        cycle.tick(SEALED_AT + timedelta(hours=1))
        waiting = sum(state == "sealed" for state in states().values())
    places = [mailbox.arrived.index(one.key) + 1 for one in urgent if one.key in mailbox.arrived]
    return Queue(
        courtesies=courtesies,
        place=max(places) if len(places) == STATUTORY else 0,
        lost=courtesies + STATUTORY - len(mailbox.arrived) - waiting,
        stalls=mailbox.done["stall"],
    )
