"""In which ways does a receiver fail, and what must a sender know afterwards? Seeded, so that a run can be repeated."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

Fault = Literal[
    "busy",  # 451 to the address, for as long as the server is busy
    "full",  # 452 after the text
    "gone",  # 550 to the address, for good
    "hang up",  # before the text, once
    "drop",  # keeps the text and hangs up without an answer, once
    "lose",  # hangs up without an answer and without keeping the text, once
    "stall",  # says nothing at the address, once
    "stall at the end",  # keeps the text and says nothing, once
    "slow",  # takes its time and takes the mail
]

# After which faults nobody but the receiver can know whether the mail was taken.
UNKNOWABLE: frozenset[Fault] = frozenset({"drop", "lose", "stall at the end"})
KEPT: frozenset[Fault] = frozenset({"drop", "stall at the end"})

Plan = Mapping[str, Fault]  # by address

F = TypeVar("F", bound=str)


def draw(addresses: Sequence[str], shares: Mapping[F, int], *, seed: int) -> dict[str, F]:
    """A fault for as many of the addresses as `shares` says, drawn with this seed; the others have none."""
    drawn = random.Random(seed).sample(list(addresses), sum(shares.values()))
    faults = [fault for fault, times in shares.items() for _ in range(times)]
    return dict(zip(drawn, faults, strict=True))
