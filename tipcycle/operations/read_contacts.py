"""How is each position of a post reached today, and what was recorded of it?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tipcycle.config.find_post import find_post
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import context
from tipcycle.store import Store


def read_contacts(report_year: int, post: str, at: datetime) -> dict[str, Any]:
    """The positions of one post with their addresses at `at`, and every contact recorded of them, in order."""
    cycle = context(report_year)
    wanted = find_post(cycle.config, post)
    with Store.read(cycle.settings.ledger_url) as store:
        positions = with_contacts(store, cycle, at).config.positions
        recorded = store.contacts.all()
    seats = [position for position in positions.values() if position.post == wanted.id]
    return {
        "post": wanted.name,
        "positions": [
            {
                "position": seat.id,
                "title": seat.title,
                "addresses": dict(seat.addresses),
                "recorded": [
                    {
                        "from": contact.from_on.isoformat(),
                        "until": contact.until_on.isoformat() if contact.until_on else None,
                        "channel": contact.channel,
                        "address": contact.address or None,
                        "delegate": contact.delegate or None,
                        "reason": contact.reason,
                        "approver": contact.approver,
                    }
                    for contact in recorded
                    if contact.position == seat.id
                ],
            }
            for seat in seats
        ],
    }
