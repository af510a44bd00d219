"""Who decides, and why? What every decision of a person needs before anything is touched."""

from __future__ import annotations

from tipcycle.errors import StoreError
from tipcycle.model.cycle import CycleConfig


def require_position(config: CycleConfig, position: str) -> None:
    """Raise `StoreError` unless a position of that id exists; positions decide, not persons."""
    if position not in config.positions:
        raise StoreError(f'"{position}" is not a position; name one such as gtip.director')


def require_reason(what: str, reason: str) -> None:
    """Raise `StoreError` for an empty reason; `what` begins the sentence."""
    if not reason.strip():
        raise StoreError(f"{what} for a reason; give one")
