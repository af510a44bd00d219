"""What was uploaded, for which obligation, and how was it decided?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tipcycle.model.submission import SubmissionFinding
from tipcycle.model.upload import Upload
from tipcycle.store.rows import as_row
from tipcycle.store.schema import uploads


class Uploads:
    """The uploads of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> None:
        """Keep that a file came in."""
        row = as_row(upload) | {"findings": [asdict(finding) for finding in upload.findings]}
        self._connection.execute(uploads.insert().values(**row))

    def find(self, upload_id: str) -> Upload | None:
        """The upload, or None; a stranger's id may be one that no database takes."""
        return self._first(uploads.c.id == upload_id) if upload_id.isascii() and upload_id.isprintable() else None

    def of_file(self, file_name: str) -> Upload | None:
        """The upload that a file of the inbox is, or None if it came another way.

        A stranger's name may be one that no database takes; those of uploads are ours, and ASCII.
        """
        return self._first(uploads.c.file_name == file_name) if file_name.isascii() else None

    def waiting(self, obligation: str, sha256: str) -> Upload | None:
        """The same bytes for the same obligation, if they wait already."""
        return self._first(uploads.c.obligation == obligation, uploads.c.sha256 == sha256, uploads.c.state == "waiting")

    def decide(self, file_name: str, state: str, *, findings: Sequence[SubmissionFinding], at: datetime) -> None:
        """Keep what became of an upload that waits; a file that is no upload changes nothing."""
        if not file_name.isascii():
            return
        self._connection.execute(
            uploads.update()
            .where(uploads.c.file_name == file_name, uploads.c.state == "waiting")
            .values(state=state, decided_at=at, findings=[asdict(finding) for finding in findings])
        )

    def _first(self, *where: sa.ColumnElement[bool]) -> Upload | None:
        row = self._connection.execute(uploads.select().where(*where)).mappings().first()
        if row is None:
            return None
        return Upload(**(dict(row) | {"findings": tuple(SubmissionFinding(**one) for one in row["findings"])}))
