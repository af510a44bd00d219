"""The ledger: the only place that knows SQL. `Store.begin` opens the one transaction of an operation."""

from tipcycle.store.address import shown
from tipcycle.store.store import Store

__all__ = ["Store", "shown"]
