"""Which contacts are to be looked at before the next cycle leans on them?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tipcycle.model.contact import Contact
from tipcycle.model.position import Position


@dataclass(frozen=True)
class OldContact:
    """A contact of the ledger that is in force and was recorded a year ago or earlier."""

    position: str
    reached: str
    from_on: date
    approver: str


@dataclass(frozen=True)
class ContactsToReview:
    """`refused` are positions with an address that a receiver refused; `undated` those whose config address never was.

    An address of config has no date: that nothing came back is all that is known of it.
    """

    old: tuple[OldContact, ...]
    refused: tuple[str, ...]
    undated: tuple[str, ...]


def contacts_to_review(
    positions: Mapping[str, Position],
    contacts: Iterable[Contact],
    *,
    refused: Collection[tuple[str, str]],
    on: date,
) -> ContactsToReview:
    """As of the day `on`; `refused` holds channel and address of every mark. In order of position."""
    in_force = [one for one in contacts if one.holds_on(on)]
    limit = _a_year_before(on)
    old = [
        OldContact(one.position, one.address or f"{one.delegate} stands in", one.from_on, one.approver)
        for one in sorted(in_force, key=lambda one: (one.position, one.number))
        if one.from_on <= limit
    ]
    marked = {one.id for one in positions.values() if any(address in refused for address in one.addresses)}
    dated = {one.position for one in in_force}
    undated = sorted(one for one in positions if one not in marked and one not in dated)
    return ContactsToReview(tuple(old), tuple(sorted(marked)), tuple(undated))


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
