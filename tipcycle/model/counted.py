"""How many, in words that a reader does not trip over."""

from __future__ import annotations


def counted_of(count: int, one: str, more: str = "") -> str:
    """`1 message`, `2 messages`; `1 territory`, `2 territories` where `more` says how."""
    return f"{count} {one if count == 1 else more or f'{one}s'}"
