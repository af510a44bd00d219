"""Which one-time codes were issued, and which are spent? The codes themselves are nowhere in the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from tipcycle.model.signing_code import Deed, SigningCode
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import signing_codes


class SigningCodes:
    """The signing codes of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, code: SigningCode) -> None:
        """Keep that a code was issued."""
        self._connection.execute(signing_codes.insert().values(**as_row(code)))

    def issued_since(self, moment: datetime) -> list[SigningCode]:
        """Those of every cycle that were issued at `moment` or later, in order."""
        return self._select(signing_codes.c.issued_at >= moment)

    def of_position(self, position: str) -> list[SigningCode]:
        """Those of a position, in order."""
        return self._select(signing_codes.c.position == position)

    def numbered(self, numbers: Collection[int]) -> dict[int, SigningCode]:
        """Those of these numbers."""
        return {one.number: one for one in self._select(signing_codes.c.number.in_(list(numbers)))}

    def spend(self, number: int, *, at: datetime) -> bool:
        """Use a code up; False if it was spent before."""
        return bool(
            self._connection.execute(
                signing_codes.update()
                .where(signing_codes.c.number == number, signing_codes.c.spent_at.is_(None))
                .values(spent_at=at)
            ).rowcount
        )

    def count_try(self, deed: Deed, *, at: datetime) -> None:
        """Count a wrong code against each that is out for the deed's position and act."""
        self._connection.execute(
            signing_codes.update()
            .where(
                signing_codes.c.act == deed.act,
                signing_codes.c.position == deed.position,
                signing_codes.c.spent_at.is_(None),
                signing_codes.c.expires_at > at,
            )
            .values(tries=signing_codes.c.tries + 1)
        )

    def next_number(self) -> int:
        """The number of the next code, from 1."""
        last = self._connection.execute(sa.select(sa.func.max(signing_codes.c.number))).scalar_one()
        return (last or 0) + 1

    def _select(self, *where: sa.ColumnElement[bool]) -> list[SigningCode]:
        return select_all(self._connection, SigningCode, signing_codes, *where, order=(signing_codes.c.number,))
