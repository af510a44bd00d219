"""What becomes of all that a cycle still owes to say, when it is closed? It is cancelled, and nothing waits unsent.

A move of closing's transaction; it does not commit. Obligations stand as they stood.
"""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.store import Store

_WHY = "closed"
_DOUBT = f"{_WHY}; whether it had arrived is unknown"


def end_asking(store: Store, report_year: int, *, at: datetime) -> None:
    """Cancel every pending notice and take back what carries notices or a request.

    A mail about one event (a receipt) still goes out. Raises `StoreError` while a message is being sent.
    """
    if under_way := store.messages.in_states(report_year, ("sending",)):
        many = counted_of(len(under_way), "message is", "messages are")
        raise StoreError(f"{many} being sent at this moment; try again in a minute")
    for owed in store.obligations.of_cycle(report_year):
        store.notices.decide_all_of(owed.key, "cancelled", reason=_WHY, at=at)
    for message in store.messages.in_states(report_year, ("sealed", "unknown")):
        if message.n == 0 and message.obligation is None:
            continue
        reason = _DOUBT if message.state == "unknown" else _WHY
        if store.messages.withdraw(message.key, reason):
            keys = [one.key for one in store.notices.of_message(message.key)]
            store.notices.decide(keys, "cancelled", reason=reason, at=at, only_from=("queued", "unknown"))
