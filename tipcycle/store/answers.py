"""Which short answers did posts give? Rows are only added; that a person saw to one is set once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from tipcycle.model.answer import Answer, ShortAnswer
from tipcycle.store.rows import any_of, as_row, found, query, select_all
from tipcycle.store.schema import answers, obligations

_ORDER = (answers.c.answered_at, answers.c.id)
_OF_OBLIGATIONS = query(Answer, answers, answers.c.obligation.in_(any_of("keys")), order=_ORDER)


class Answers:
    """The short answers of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, answer: Answer) -> None:
        """Keep an answer."""
        self._connection.execute(answers.insert().values(**as_row(answer)))

    def find(self, answer_id: str) -> Answer | None:
        """The answer, or None."""
        known = self._select(answers.c.id == answer_id)
        return known[0] if known else None

    def of_obligations(self, keys: Collection[str]) -> Mapping[str, tuple[Answer, ...]]:
        """By obligation, oldest first; one without answers is left out."""
        told: dict[str, list[Answer]] = defaultdict(list)
        for answer in found(self._connection, Answer, _OF_OBLIGATIONS, keys=list(keys)) if keys else ():
            told[answer.obligation].append(answer)
        return {key: tuple(given) for key, given in told.items()}

    def open_of_cycle(self, report_year: int, kind: ShortAnswer) -> list[Answer]:
        """What was said about obligations that are still missing, if nobody saw to it; oldest first."""
        missing = sa.select(obligations.c.key).where(
            obligations.c.report_year == report_year, obligations.c.standing == "missing"
        )
        return self._select(answers.c.answer == kind, answers.c.settled_at.is_(None), answers.c.obligation.in_(missing))

    def settle(self, answer: Answer, *, by: str, at: datetime) -> bool:
        """Say that a person saw to it and to what was said alike before; False if somebody had already."""
        alike = (
            answers.c.obligation == answer.obligation,
            answers.c.position == answer.position,
            answers.c.answer == answer.answer,
            answers.c.answered_at <= answer.answered_at,
            answers.c.settled_at.is_(None),
        )
        changed = self._connection.execute(answers.update().where(*alike).values(settled_at=at, settled_by=by))
        return answer.settled_at is None and bool(changed.rowcount)

    def _select(self, *where: sa.ColumnElement[bool]) -> list[Answer]:
        return select_all(self._connection, Answer, answers, *where, order=_ORDER)
