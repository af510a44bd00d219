"""What does the Department do on which day of the play? Acts, each a flow or a decision by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tipcycle.service.rehearsal.signers import signed

if TYPE_CHECKING:  # Prefect reads the environment when it is imported, which the stage has to set first
    from prefect import Flow
    from prefect.client.schemas.objects import State


@dataclass(frozen=True)
class Act:
    """A flow that is run on the day `on`, with these words; it must end in success. What a form decides is signed."""

    on: date
    flow: Flow[..., Coroutine[Any, Any, State[Any]]]
    words: tuple[Any, ...]
    options: dict[str, Any] = field(default_factory=dict)

    async def do(self, at: datetime) -> State[Any]:
        """Run it at `at`, and return its last state."""
        options = signed(self.flow, self.words, self.options, at)
        state: State[Any] = await self.flow(*self.words, **options, at=at, return_state=True)
        return state


@dataclass(frozen=True)
class ReadAndSign:
    """A flow that shows a text and its hash first, and is run again on the day `on` with the hash that was read."""

    on: date
    flow: Flow[..., Coroutine[Any, Any, State[Any]]]
    words: tuple[Any, ...]

    async def do(self, at: datetime) -> State[Any]:
        """Read it and sign it at `at`, and return the last state."""
        shown: State[Any] = await self.flow(*self.words, at=at, return_state=True)
        read = (shown.message or "").rpartition("hash: ")[2]
        state: State[Any] = await self.flow(*self.words, signed=read, at=at, return_state=True)
        return state


@dataclass(frozen=True)
class ByHand:
    """What an officer does on the day `on` without a flow."""

    on: date
    decide: Callable[[datetime], object]

    async def do(self, at: datetime) -> None:
        """Decide it at `at`."""
        self.decide(at)


Deed = Act | ReadAndSign | ByHand


def by_day(acts: Iterable[Deed]) -> dict[date, list[Deed]]:
    """The acts of each day, in the order in which they are given."""
    days: dict[date, list[Deed]] = defaultdict(list)
    for act in acts:
        days[act.on].append(act)
    return dict(days)
