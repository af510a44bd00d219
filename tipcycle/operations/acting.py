"""In whose name may a position act today? In its own, and in those of the seats that it stands in for."""

from __future__ import annotations

from datetime import datetime

from tipcycle.operations.context import Context
from tipcycle.store import Store


def seats_of(store: Store, cycle: Context, position: str, at: datetime) -> tuple[str, ...]:
    """The position itself first, then each seat delegated to it on that seat's local day; one seat far, as mail is."""
    positions = cycle.config.positions
    governing: dict[str, str] = {}
    for contact in store.contacts.all():
        known = contact.position in positions and contact.delegate in positions
        if known and contact.holds_on(cycle.places.of(positions[contact.position]).local_date(at)):
            governing[contact.position] = contact.delegate
    return (position, *sorted(seat for seat, stand_in in governing.items() if stand_in == position))


def signed(seat: str, acting: str) -> str:
    """`s.principal`, or `g.principal for s.principal`."""
    return f"{acting} for {seat}" if acting else seat
