"""What is owed, and how does it stand?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.store.rows import as_row, from_row
from tipcycle.store.schema import obligations


class Obligations:
    """The obligations of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, added: Sequence[Obligation]) -> None:
        """Insert obligations; a key that is there already is an error of the caller."""
        if added:
            self._connection.execute(obligations.insert(), [as_row(one) for one in added])

    def get(self, key: str) -> Obligation:
        """The obligation; raises `StoreError` if nothing of that key is owed."""
        found = self.by_key([key])
        if key not in found:
            raise StoreError(f"{key}: nothing of that name is owed")
        return found[key]

    def by_key(self, keys: Collection[str]) -> dict[str, Obligation]:
        """Those of `keys` that exist."""
        rows = self._connection.execute(
            obligations.select().where(obligations.c.key.in_(list(keys)))
        ).mappings()
        return {row["key"]: from_row(Obligation, row) for row in rows}

    def of_cycle(
        self, report_year: int, *, step: str | None = None, post: str | None = None, country: str | None = None
    ) -> list[Obligation]:
        """The cycle's obligations, in order of due moment and key; filtered where asked."""
        query = obligations.select().where(obligations.c.report_year == report_year)
        for column, wanted in (("step", step), ("post", post), ("country", country)):
            if wanted is not None:
                query = query.where(obligations.c[column] == wanted)
        rows = self._connection.execute(query.order_by(obligations.c.due_at, obligations.c.key)).mappings()
        return [from_row(Obligation, row) for row in rows]

    def update(self, key: str, **changed: Any) -> None:
        """Set columns of one obligation."""
        self._connection.execute(obligations.update().where(obligations.c.key == key).values(**changed))
