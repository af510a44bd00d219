"""A day of posts to Slack, or of cables to a gateway, with seeded faults."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from tests.faults.ledger import SEALED_AT, listed_as_unknown, made_up, seal, states
from tests.receivers.faults import draw
from tests.receivers.web import UNKNOWABLE, FaultyGateway, FaultySlack, WebFault
from tests.smoke.story import story

_TOKEN_BAD_HOURS = 2


@dataclass(frozen=True)
class WebDay:
    """What was injected, and what the ledger and the receiver said afterwards; all sets hold keys."""

    planned: Counter[WebFault]
    came_about: Counter[WebFault]
    listed: list[str]
    unknowable: set[str]
    unknown_at_the_end: set[str]
    lost: set[str]
    doubled: set[str]
    states: Counter[str]


def play_web_day(
    folder: Path,
    channel: Literal["slack", "cable"],
    count: int,
    shares: Mapping[WebFault, int],
    *,
    seed: int,
    time_out: float,
    idempotent: bool = True,
) -> WebDay:
    """Ticks by the hour; the token is refused in the first two. Everything is courtesy."""
    made = made_up(count, channel=channel, statutory_every=0, seed=seed)
    plan = draw([one.address for one in made], shares, seed=seed)
    slack = FaultySlack(folder / "slack", plan, stall_seconds=3 * time_out)
    gateway = FaultyGateway(folder / "cables", plan, stall_seconds=3 * time_out, idempotent=idempotent)
    with story(folder, slack=slack, gateway=gateway) as cycle:
        os.environ["TIPCYCLE_SEND_TIMEOUT_SECONDS"] = str(time_out)
        seal(made)
        for hour in range(1, 7):
            slack.faults.token_is_bad = gateway.faults.token_is_bad = hour <= _TOKEN_BAD_HOURS
            cycle.tick(SEALED_AT + timedelta(hours=hour))
        now, listed = states(), listed_as_unknown()
    receiver = slack if channel == "slack" else gateway
    return WebDay(
        planned=Counter(plan.values()),
        came_about=receiver.faults.done,
        listed=listed,
        unknowable={one.key for one in made if plan.get(one.address) in UNKNOWABLE},
        unknown_at_the_end={key for key, state in now.items() if state == "unknown"},
        lost={key for key, state in now.items() if state != "unknown" and not receiver.accepted[key]},
        doubled={key for key, times in receiver.accepted.items() if times > 1},
        states=Counter(now.values()),
    )
