"""What would a tick still do at a moment that was ticked already? Nothing, or a notice was neglected."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from tipcycle.operations.context import context
from tipcycle.operations.plan_messages import situation_at
from tipcycle.reminders.decide_messages import decide_messages
from tipcycle.settings import settings
from tipcycle.store import Store


def find_neglected(report_year: int, at: datetime) -> list[str]:
    """Keys, in order, of notices due at `at` that are neither decided nor held back for a reason.

    Held back are those that keep the recipient's hours, wait for the rung below, or had their message that day.
    """
    cycle = context(report_year)
    with Store.read(settings().ledger_url) as store:
        decision = decide_messages(situation_at(store, cycle, at), config=cycle.config, places=cycle.places)
        undelivered = [one.key for one in store.notices.of_cycle(report_year) if one.state == "queued"]
    ready = chain(
        (notice for digest in decision.digests for notice in digest.notices),
        decision.dropped,
        (handed.notice for handed in decision.handed_over),
        decision.unreachable,
    )
    return sorted({*(notice.key for notice in ready), *undelivered})
