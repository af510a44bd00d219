"""Say that an address which was refused works again: from now on messages go there, and nobody stands in."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store


def clear_address(address: str, *, reason: str, actor: str, at: datetime) -> str:
    """Clear an address's marks; return a line to show. Raises `StoreError` with the reason.

    What was passed on meanwhile stays decided; the next notice goes to the address.
    """
    require_reason("an address is cleared", reason)
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        cycles = store.cycles.all()
        if cycles:
            require_position(context(cycles[-1].report_year).config, actor)
        channels = store.addresses.clear(address)
        if not channels:
            raise StoreError(f"{address}: is not marked as refused; tipcycle status lists what is")
        store.acts.add("clear-address", address, actor=actor, at=at, channels=channels, reason=reason)
    return f"{address}: cleared for {', '.join(channels)} by {actor}: {reason}"
