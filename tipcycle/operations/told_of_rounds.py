"""When was each round of clearance really told to whom it asks? A round that was only opened asks nobody yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tipcycle.clearance.told import told_at
from tipcycle.model.clearance import ClearanceRound
from tipcycle.store import Store


def told_of_rounds(store: Store, rounds: Collection[ClearanceRound]) -> dict[str, tuple[datetime, ...]]:
    """By obligation, in order, the moments at which a message of that round to its position was accepted."""
    owners = {one.obligation: one.position for one in rounds}
    notices = store.notices.of_obligations(list(owners)) if owners else []
    return {
        key: told_at((notice for notice in notices if notice.obligation == key), owner) for key, owner in owners.items()
    }
