"""Twenty mails, and how they are sent over several connections."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tests.delivery.test_every_channel import message
from tipcycle.delivery import CHANNELS
from tipcycle.delivery.channel import Channel
from tipcycle.delivery.connections import send_over_connections
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

TWENTY = [message("email", n) for n in range(1, 21)]


def sent(messages: Sequence[Message], port: int, *, connections: int = 3, groups: int = 1) -> list[Receipt]:
    """The messages as so many groups, one after the other, as a delivery sends them."""
    receipts: list[Receipt] = []
    size = len(messages) // groups

    async def send() -> None:
        async with mail_channel(port, connections=connections, timeout=5) as channel:
            for start in range(0, len(messages), size):
                group = messages[start : start + size]
                await send_over_connections(channel, group, receipts.append, most=size)

    asyncio.run(send())
    return receipts


def mail_channel(port: int, *, connections: int = 3, timeout: float = 30) -> Channel:
    """Mail over a few connections to the server on that port of loopback."""
    settings = Settings(
        smtp_host="127.0.0.1", smtp_port=port, smtp_connections=connections, send_timeout_seconds=timeout
    )
    return CHANNELS["email"](settings)  # type: ignore[call-arg]
