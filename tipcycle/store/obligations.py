"""What is owed, and how does it stand?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.store.rows import as_row, select_all
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
        found = self._select(obligations.c.key.in_(list(keys)))
        return {one.key: one for one in found}

    def of_cycle(
        self,
        report_year: int,
        *,
        step: str | None = None,
        post: str | None = None,
        country: str | None = None,
    ) -> list[Obligation]:
        """The cycle's obligations, in order of due moment and key; filtered where asked."""
        asked = (("step", step), ("post", post), ("country", country))
        where = [obligations.c[column] == wanted for column, wanted in asked if wanted is not None]
        return self._select(obligations.c.report_year == report_year, *where)

    def of_countries(self, report_year: int, countries: Collection[str]) -> list[Obligation]:
        """What posts owe for these countries in a cycle, in order of due moment and key."""
        return self._select(
            obligations.c.report_year == report_year,
            obligations.c.post.is_not(None),
            obligations.c.country.in_(list(countries)),
        )

    def update(self, key: str, **changed: Any) -> None:
        """Set columns of one obligation."""
        self._connection.execute(obligations.update().where(obligations.c.key == key).values(**changed))

    def _select(self, *where: sa.ColumnElement[bool]) -> list[Obligation]:
        order = (obligations.c.due_at, obligations.c.key)
        return select_all(self._connection, Obligation, obligations, *where, order=order)
