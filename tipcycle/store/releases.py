"""What was released, and from which inputs? Rows are only added."""

from __future__ import annotations

import sqlalchemy as sa

from tipcycle.model.document import Release
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import releases


class Releases:
    """The releases of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, release: Release) -> None:
        """Keep a released version; raises `IntegrityError` where another took its number first."""
        self._connection.execute(releases.insert().values(**as_row(release)))

    def of_document(self, document: str) -> list[Release]:
        """Every released version of a document, oldest first."""
        return select_all(
            self._connection, Release, releases, releases.c.document == document, order=(releases.c.version,)
        )

    def of_cycle(self, report_year: int) -> list[Release]:
        """Everything released in a cycle, by document and version."""
        order = (releases.c.document, releases.c.version)
        return select_all(self._connection, Release, releases, releases.c.report_year == report_year, order=order)
