"""Where is each position reached on a day? Config's addresses, changed by the dated contacts of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from tipcycle.model.contact import Contact
from tipcycle.model.position import Position


def positions_on(
    positions: Mapping[str, Position], contacts: Iterable[Contact], *, days: Mapping[str, date]
) -> dict[str, Position]:
    """The positions with the addresses in force; `days` holds the local day of each position that has a contact.

    Addresses are settled first, then delegations, so that a stand-in is reached at its own address of the day. A
    delegation reaches one seat far: what a stand-in has delegated in turn is not passed on again.
    """
    in_force = sorted(
        (contact for contact in contacts if contact.position in positions and contact.holds_on(days[contact.position])),
        key=lambda contact: contact.number,
    )
    settled = dict(positions)
    for contact in in_force:
        if contact.channel:
            known = dict(settled[contact.position].addresses) | {contact.channel: contact.address}
            settled[contact.position] = replace(settled[contact.position], addresses=tuple(known.items()))
    delegated = {contact.position: contact.delegate for contact in in_force if contact.delegate in positions}
    return settled | {
        position: replace(settled[position], addresses=settled[stand_in].addresses)
        for position, stand_in in delegated.items()
    }


def stand_in_on(contacts: Iterable[Contact], position: str, day: date) -> str | None:
    """The position to which `position` has delegated on that local day of its own, or None."""
    in_force = [one for one in contacts if one.position == position and one.delegate and one.holds_on(day)]
    return max(in_force, key=lambda one: one.number).delegate if in_force else None
