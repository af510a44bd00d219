"""Which rules of the gate were waived, for which submission? Waivers are only added."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from tipcycle.model.rule_waiver import RuleWaiver
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import rule_waivers


class RuleWaivers:
    """The rule waivers of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, waiver: RuleWaiver) -> None:
        """Keep one waiver."""
        self._connection.execute(rule_waivers.insert().values(**as_row(waiver)))

    def of(self, obligation: str, content_hash: str) -> list[RuleWaiver]:
        """Those for one submission, in the order in which they were recorded."""
        query = (rule_waivers.c.obligation == obligation, rule_waivers.c.content_hash == content_hash)
        return select_all(self._connection, RuleWaiver, rule_waivers, *query, order=(rule_waivers.c.number,))

    def waived(self, obligations: Collection[str]) -> set[str]:
        """Those of the obligations to which any waiver belongs."""
        query = sa.select(rule_waivers.c.obligation).where(rule_waivers.c.obligation.in_(list(obligations)))
        return set(self._connection.execute(query).scalars())

    def next_number(self) -> int:
        """The number of the next waiver, from 1."""
        last = self._connection.execute(sa.select(sa.func.max(rule_waivers.c.number))).scalar_one()
        return (last or 0) + 1
