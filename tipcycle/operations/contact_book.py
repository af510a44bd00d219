"""The context of a cycle with the addresses of the day: config's, changed by the ledger's contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tipcycle.ladder.contact_book import positions_on
from tipcycle.operations.context import Context
from tipcycle.store import Store


def with_contacts(store: Store, cycle: Context, at: datetime) -> Context:
    """`cycle` as positions are reached at `at`; whatever sends or shows an address asks this first."""
    contacts = [one for one in store.contacts.all() if one.position in cycle.config.positions]
    if not contacts:
        return cycle
    positions = cycle.config.positions
    days = {one.position: cycle.places.of(positions[one.position]).local_date(at) for one in contacts}
    return replace(cycle, config=replace(cycle.config, positions=positions_on(positions, contacts, days=days)))
