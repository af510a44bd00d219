"""What must every channel do? Take messages, hand each to its receiver, and say honestly what came of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Iterable

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
