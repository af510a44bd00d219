"""How do many messages go out at once? Over as many connections as their channel bears, each over one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing

from tipcycle.delivery.channel import Channel
from tipcycle.model.message import Message, Receipt


async def send_over_connections(
    channel: Channel, messages: Iterable[Message], answered: Callable[[Receipt], None], *, most: int
) -> None:
    """Tell `answered` each outcome as soon as it is known; what it or `messages` raises ends every connection.

    There are `most` messages or fewer, and never more connections than that. One begins, and each one's first
    acceptance opens the next: a receiver that is away is tried by one alone. Begun and unanswered are never more
    messages than connections, so a kill leaves no more unknown.
    """
    one_by_one = iter(messages)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(
                _connection(channel, one_by_one, answered, tasks, more=min(channel.connections, most) - 1)
            )
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def _connection(
    channel: Channel,
    messages: Iterator[Message],
    answered: Callable[[Receipt], None],
    tasks: asyncio.TaskGroup,
    *,
    more: int,
) -> None:
    async with aclosing(channel.send(messages)) as receipts:
        async for receipt in receipts:
            answered(receipt)
            if more and receipt.outcome == "accepted":
                tasks.create_task(_connection(channel, messages, answered, tasks, more=more - 1))
                more = 0
