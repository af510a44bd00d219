"""What the ledger says of messages after a day of faults; and made-up messages to send on it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from itertools import cycle
from typing import Any

import sqlalchemy as sa

from tests.smoke.story import YEAR, utc
from tipcycle.model.message import Message
from tipcycle.model.position import Channel
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.schema import messages

DAY = "2009-11-13"
SEALED_AT = utc(f"{DAY} 08:00")


def made_up(count: int, *, channel: Channel, statutory_every: int, seed: int, start: int = 0) -> list[Message]:
    """Messages to made-up addresses, each of its own; every so many is statutory. A real officer stands behind each."""
    officers = sorted(seat for seat in context(YEAR).config.positions if seat.endswith(".action-officer"))
    officers = [seat for seat in officers if not seat.startswith("gtip")]
    shuffled = random.Random(seed).sample(range(start, start + count), count)
    statutory = {number for place, number in enumerate(shuffled) if statutory_every and place % statutory_every == 0}
    return [
        _message(number, position, channel, statutory=number in statutory)
        for number, position in zip(range(start, start + count), cycle(officers), strict=False)
    ]


def _message(number: int, position: str, channel: Channel, *, statutory: bool) -> Message:
    name = f"made-up-{number:05}"
    return Message(
        key=f"message:{YEAR}:{name}:{channel}:{DAY}",
        report_year=YEAR,
        position=position,
        channel=channel,
        address={"email": f"{name}@posts.example", "slack": f"#{name}"}.get(channel, f"AMEMBASSY {name.upper()}"),
        local_on=SEALED_AT.date(),
        n=0,
        subject="Made up for a day of faults",
        body=f"Made up. Number {number}.\n",
        sealed_at=SEALED_AT,
        message_id=f"<{name}.{channel}@tipcycle.example>",
        statutory=statutory,
    )


def seal(made: Iterable[Message]) -> None:
    """Put them into the ledger, to be sent by the next tick."""
    with Store.begin(settings().ledger_url) as store:
        for one in made:
            store.messages.seal(one)


def states() -> dict[str, str]:
    """The state of every message, by key."""
    return dict(_rows(messages.c.state))


def accepted_at() -> dict[str, datetime]:
    """When each message was accepted, by key."""
    return {key: at for key, at in _rows(messages.c.accepted_at) if at}


def attempted_at() -> dict[str, datetime]:
    """When each message was tried last, by key."""
    return {key: at for key, at in _rows(messages.c.attempted_at) if at}


def listed_as_unknown() -> list[str]:
    """The key of each outcome that the log of acts told as unknown, in order; a key twice was told twice."""
    with Store.read(settings().ledger_url) as store:
        return [one.object for one in store.acts.all() if one.act == "outcome-unknown"]


def _rows(column: sa.Column[Any]) -> list[tuple[str, Any]]:
    with Store.read(settings().ledger_url) as store:
        return [(key, value) for key, value in store.connection.execute(sa.select(messages.c.key, column))]
