"""What do ledger, journal and receipts cost on top of bare SMTP, and how does the cost grow?"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import aiosmtplib

from tests.bench.measured import Measured, exponent, interleaved, seconds
from tests.bench.receiver import receiver
from tests.smoke.story import YEAR, story, utc
from tipcycle.delivery.mime import mail_bytes
from tipcycle.model.message import Message
from tipcycle.operations.deliver import deliver
from tipcycle.operations.plan_messages import BATCH
from tipcycle.settings import settings
from tipcycle.store import Store

SIZE = 20_000
_GROWTH = (2_000, 20_000, 200_000)
_SENDER = "bench@gtip.example"
AT = utc("2009-11-13 09:00")


def against_bare_smtp(rounds: int) -> list[Measured]:
    """Row 1: the same 20,000 texts, once through everything we keep, once by a loop that only sends."""
    with receiver() as port:
        found = interleaved(rounds, {"ours": lambda: swept(SIZE, port), "bare": lambda: sent_bare(SIZE, port)})
    return [
        Measured(1, "sweep of 20,000 over SMTP, against a bare SMTP loop", found["ours"] / found["bare"], "x", 1.3),
        Measured(1, "  through ledger and journal", found["ours"], "s"),
        Measured(1, "  the bare loop", found["bare"], "s"),
    ]


def growth(rounds: int) -> list[Measured]:
    """Row 4: from 2,000 to 200,000 messages, each size once."""
    with receiver() as port:
        points = {size: swept(size, port) for size in _GROWTH}
    sizes = [Measured(4, f"  {size:,} messages", cost, "s") for size, cost in points.items()]
    return [Measured(4, "growth of the sweep, 2,000 to 200,000 (exponent)", exponent(points), "", 1.05), *sizes]


def swept(size: int, port: int) -> float:
    """Seconds from sealed messages to their receipts in a new ledger; the sealing is not counted."""
    with sealed(size, port) as keys:
        took = seconds(lambda: asyncio.run(_deliver_all(keys)))
        with Store.read(settings().ledger_url) as store:
            left = len(store.messages.undelivered(AT, honours_key=()))
    if left:
        raise AssertionError(f"{left} of {size} messages were not delivered")
    return took


async def _deliver_all(keys: list[str]) -> None:
    """In batches, as a tick does."""
    for start in range(0, len(keys), BATCH):
        await deliver(keys[start : start + BATCH], AT)


@contextmanager
def sealed(size: int, port: int) -> Iterator[list[str]]:
    """The keys of `size` sealed messages in a ledger of their own, with the receiver at `port`."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder)):
        os.environ["TIPCYCLE_SMTP_PORT"] = str(port)
        messages = [mail(n) for n in range(size)]
        with Store.begin(settings().ledger_url) as store:
            for message in messages:
                store.messages.seal(message)
        yield [message.key for message in messages]


def mail(n: int) -> Message:
    """A reminder as large as ours are; receiver and text are made up."""
    return Message(
        key=f"message:{YEAR}:bench.{n}:email:2009-11-13:1",
        report_year=YEAR,
        position=f"bench.{n}",
        channel="email",
        address=f"bench.{n}@posts.example",
        local_on=date(2009, 11, 13),
        n=1,
        subject="Due: progress report",
        body="x" * 1200,
        sealed_at=AT,
        message_id=f"<{n}@tipcycle.example>",
    )


def sent_bare(size: int, port: int) -> float:
    """Seconds of a loop that keeps nothing, over as many connections as ours opens."""
    messages = [mail(n) for n in range(size)]
    return seconds(lambda: asyncio.run(_send_bare(messages, port)))


async def _send_bare(messages: list[Message], port: int) -> None:
    one_by_one = iter(messages)

    async def connection() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
            for message in one_by_one:
                await client.sendmail(_SENDER, message.address, mail_bytes(message, sender=_SENDER))

    await asyncio.gather(*(connection() for _ in range(settings().smtp_connections)))
