"""What does a mail that brings a one-time code say when it leaves? The ledger keeps its text without the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tipcycle.model.keys import number_of_code
from tipcycle.model.message import Message
from tipcycle.model.signing_code import write_code
from tipcycle.operations.require_code import code_clock
from tipcycle.settings import settings
from tipcycle.store import Store

PLACEHOLDER = "(the code stands in the mail alone)"


def with_codes(store: Store, messages: Sequence[Message]) -> list[Message]:
    """The messages as receivers get them, in their order; a repeat brings the same code."""
    numbers = {one.key: number for one in messages if (number := number_of_code(one.key)) is not None}
    if not numbers:
        return list(messages)
    known, key = store.signing_codes.numbered(set(numbers.values())), settings().signing_secret
    return [
        replace(one, body=one.body.replace(PLACEHOLDER, write_code(known[numbers[one.key]], key), 1))
        if one.key in numbers
        else one
        for one in messages
    ]


def without_over_codes(store: Store, keys: Sequence[str], *, at: datetime) -> list[str]:
    """Those of `keys` that still bring something, in their order; a mail whose code is over by now is taken back.

    A move of the tick's transaction; it does not commit.
    """
    numbers = {key: number for key in keys if (number := number_of_code(key)) is not None}
    if not numbers:
        return list(keys)
    known, clock = store.signing_codes.numbered(set(numbers.values())), code_clock(store, at)
    over = {key for key, number in numbers.items() if not known[number].is_open(clock)}
    for key in sorted(over):
        store.messages.withdraw(key, "its code was over before it went out")
    return [key for key in keys if key not in over]
