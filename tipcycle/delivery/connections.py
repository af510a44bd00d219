"""How do many messages go out at once? Over as many connections as their channel bears, each over one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing

from tipcycle.delivery.channel import Channel
from tipcycle.model.message import Message, Receipt

_WORTH_ANOTHER = 4  # messages a connection: to dial takes both sides about as long as a message or two


async def send_over_connections(
    channel: Channel, messages: Iterable[Message], answered: Callable[[Receipt], None], *, most: int
) -> None:
    """Tell `answered` each outcome as soon as it is known; there are `most` messages or fewer.

    One connection begins, and each one's first acceptance opens the next: a receiver that is away is tried by one
    alone, and few messages go over few. Begun and unanswered are never more messages than connections, so a kill leaves
    no more unknown. Where `answered` or `messages` raises, no further message is begun, those under way are heard out,
    and it is raised then.
    """
    sending = _Sending(channel, iter(messages), answered)
    async with asyncio.TaskGroup() as tasks:
        worth = -(-most // _WORTH_ANOTHER)
        tasks.create_task(sending.connection(tasks, more=min(channel.connections, worth) - 1))
    if sending.failures:
        raise sending.failures[0]


class _Sending:
    """What the connections of one call share."""

    def __init__(self, channel: Channel, messages: Iterator[Message], answered: Callable[[Receipt], None]) -> None:
        self._channel, self._messages, self._answered = channel, messages, answered
        self.failures: list[Exception] = []

    async def connection(self, tasks: asyncio.TaskGroup, *, more: int) -> None:
        """Hand over messages until there are none, and open up to `more` connections besides."""
        async with aclosing(self._channel.send(self._while_all_is_well())) as receipts:
            async for receipt in receipts:
                try:
                    self._answered(receipt)
                except Exception as error:  # raised once the others were heard out
                    self.failures.append(error)
                    return
                if more and receipt.outcome == "accepted":
                    tasks.create_task(self.connection(tasks, more=more - 1))
                    more = 0

    def _while_all_is_well(self) -> Iterator[Message]:
        while not self.failures:
            try:
                message = next(self._messages)
            except StopIteration:
                return
            except Exception as error:  # raised once the others were heard out
                self.failures.append(error)
                return
            yield message
