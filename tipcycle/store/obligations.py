"""What is owed, and how does it stand?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.store.rows import any_of, as_row, found, given, query
from tipcycle.store.schema import obligations

_ORDER = (obligations.c.due_at, obligations.c.key)
_BY_KEY = query(Obligation, obligations, obligations.c.key.in_(any_of("keys")), order=_ORDER)
_OF_COUNTRIES = query(
    Obligation,
    obligations,
    obligations.c.report_year == given("report_year"),
    obligations.c.post.is_not(None),
    obligations.c.country.in_(any_of("countries")),
    order=_ORDER,
)
_MISSING_SINCE = (
    sa.select(obligations.c.post, sa.func.min(obligations.c.opened_at))
    .where(
        obligations.c.report_year == given("report_year"),
        obligations.c.post.is_not(None),
        obligations.c.opened_at.is_not(None),
        obligations.c.standing == "missing",
    )
    .group_by(obligations.c.post)
)
_UPDATE = obligations.update().where(obligations.c.key == given("of"))


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
        one = self.by_key([key]).get(key)
        if one is None:
            raise StoreError(f"{key}: nothing of that name is owed")
        return one

    def by_key(self, keys: Collection[str]) -> dict[str, Obligation]:
        """Those of `keys` that exist."""
        return {one.key: one for one in found(self._connection, Obligation, _BY_KEY, keys=list(keys))}

    def of_cycle(
        self,
        report_year: int,
        *,
        step: str | None = None,
        post: str | None = None,
        country: str | None = None,
    ) -> list[Obligation]:
        """The cycle's obligations, in order of due moment and key; filtered where asked."""
        asked = {"report_year": report_year, "step": step, "post": post, "country": country}
        wanted = {column: value for column, value in asked.items() if value is not None}
        return found(self._connection, Obligation, _where(tuple(wanted)), **wanted)

    def of_countries(self, report_year: int, countries: Collection[str]) -> list[Obligation]:
        """What posts owe for these countries in a cycle, in order of due moment and key."""
        asked = {"report_year": report_year, "countries": list(countries)}
        return found(self._connection, Obligation, _OF_COUNTRIES, **asked)

    def missing_since(self, report_year: int) -> dict[str, datetime]:
        """Since when each post owes what it was asked for and has not answered; others are left out."""
        return dict(self._connection.execute(_MISSING_SINCE, {"report_year": report_year}).tuples().all())

    def update(self, key: str, **changed: Any) -> None:
        """Set columns of one obligation."""
        self._connection.execute(_UPDATE, {"of": key, **changed})


@cache
def _where(columns: tuple[str, ...]) -> sa.Select[tuple[Any, ...]]:
    """Those that have the given value in each of these columns."""
    return query(Obligation, obligations, *(obligations.c[one] == given(one) for one in columns), order=_ORDER)
