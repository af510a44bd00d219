"""What must every channel do? Take messages, hand each to its receiver, and say honestly what came of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Iterable
from typing import Self

from tipcycle.model.message import Message, Receipt


class Channel(ABC):
    """`honours_key`: the receiver drops a repeat of the same key, so an unknown outcome may be repeated.

    `connections`: how many calls of `send` may share one iterable of messages at once.
    """

    honours_key: bool = False
    connections: int = 1

    @abstractmethod
    def send(self, messages: Iterable[Message]) -> AsyncGenerator[Receipt, None]:
        """One receipt for each message that it takes, in order, as soon as it is known; never raises for a receiver.

        A message is taken from `messages` when its turn comes, not before: taking it is noted as beginning it.

        `accepted`: the receiver took it. `refused`: never try this address again. `not_sent`: it certainly did
        not arrive. `unknown`: it may have arrived.
        """

    async def close(self) -> None:  # noqa: B027  most keep nothing open between two calls of `send`
        """Take leave of the receiver: no more messages come."""

    def cut(self) -> None:  # noqa: B027
        """Let go of the receiver without a word."""

    async def __aenter__(self) -> Self:
        """What one call of `send` leaves open serves the next, inside the block."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Take leave; where something of ours failed, or we are cancelled, there is no time for good manners."""
        try:
            if kind is None:
                await self.close()
        finally:
            self.cut()
