"""What was answered, in which versions, and what was refused? Nothing here is ever overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from tipcycle.model.submission import Accepted, Submission, SubmissionFinding
from tipcycle.store.schema import obligations, refusals, submissions


class Submissions:
    """The submissions of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, accepted: Accepted, findings: Sequence[SubmissionFinding]) -> None:
        """Keep a new version."""
        self._connection.execute(
            submissions.insert().values(
                obligation=accepted.obligation,
                version=accepted.version,
                received_at=accepted.received_at,
                late=accepted.late,
                complete=accepted.complete,
                content_hash=accepted.content_hash,
                file_name=accepted.file_name,
                content=accepted.submission.model_dump(mode="json", by_alias=True),
                findings=[asdict(finding) for finding in findings],
            )
        )

    def latest(self, obligation: str) -> Accepted | None:
        """The newest version, or None if nothing was accepted."""
        row = (
            self._connection.execute(
                submissions.select()
                .where(submissions.c.obligation == obligation)
                .order_by(submissions.c.version.desc())
                .limit(1)
            )
            .mappings()
            .first()
        )
        return _accepted(row) if row else None

    def latest_of_cycle(self, report_year: int, step: str) -> dict[str, Accepted]:
        """The newest version for each obligation of one step, by obligation key."""
        rows = self._connection.execute(
            submissions.select()
            .join(obligations, obligations.c.key == submissions.c.obligation)
            .where(obligations.c.report_year == report_year, obligations.c.step == step)
            .order_by(submissions.c.obligation, submissions.c.version)
        ).mappings()
        return {row["obligation"]: _accepted(row) for row in rows}

    def versions_of_cycle(self, report_year: int) -> list[Accepted]:
        """Every version of every answer of a cycle, in order of obligation and version."""
        rows = self._connection.execute(
            submissions.select()
            .join(obligations, obligations.c.key == submissions.c.obligation)
            .where(obligations.c.report_year == report_year)
            .order_by(submissions.c.obligation, submissions.c.version)
        ).mappings()
        return [_accepted(row) for row in rows]

    def refuse(
        self,
        *,
        refusal_id: str,
        file_name: str,
        obligation: str | None,
        kept_as: str,
        findings: Sequence[SubmissionFinding],
        at: datetime,
    ) -> None:
        """Keep that a file was refused, why, and where it lies now."""
        self._connection.execute(
            refusals.insert().values(
                id=refusal_id,
                received_at=at,
                file_name=file_name,
                obligation=obligation,
                kept_as=kept_as,
                findings=[asdict(finding) for finding in findings],
            )
        )

    def was_refused(self, refusal_id: str) -> bool:
        """Whether this refusal is kept already."""
        query = sa.select(refusals.c.id).where(refusals.c.id == refusal_id)
        return self._connection.execute(query).first() is not None

    def refused_count(self) -> int:
        """How many files were refused."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(refusals)).scalar_one()


def _accepted(row: sa.RowMapping) -> Accepted:
    return Accepted(
        obligation=row["obligation"],
        version=row["version"],
        received_at=row["received_at"],
        late=row["late"],
        complete=row["complete"],
        content_hash=row["content_hash"],
        file_name=row["file_name"],
        submission=Submission.model_validate(row["content"]),
    )
