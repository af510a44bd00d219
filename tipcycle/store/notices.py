"""Which notices are owed, and what became of each? State changes are conditional: the row count is the proof."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.notice import NOTICE_STATES, Notice, NoticeState, SkippedRung
from tipcycle.store.rows import any_of, as_row, found, given, looked_at, query, select_all
from tipcycle.store.schema import messages, notices, skipped_rungs

_PENDING: tuple[NoticeState, ...] = ("owed", "queued")
_ORDER = (notices.c.due_at, notices.c.key)
_OWED = query(Notice, notices, notices.c.state == "owed", notices.c.due_at <= given("at"), order=_ORDER)
_OF_OBLIGATIONS = query(Notice, notices, notices.c.obligation.in_(any_of("keys")), order=_ORDER)
_OF_MESSAGE = query(Notice, notices, notices.c.message == given("of"), order=_ORDER)
_NEXT_DUE = (
    sa.select(notices.c.due_at)
    .where(notices.c.state == "owed", notices.c.due_at > given("after"), notices.c.due_at <= given("until"))
    .distinct()
    .order_by(notices.c.due_at)
)
_SENT_OF_STEP = (
    sa.select(notices.c.post, notices.c.level, notices.c.decided_at)
    .where(notices.c.report_year == given("year"), notices.c.step == given("of"), notices.c.state == "sent")
    .distinct()
)
_QUEUE = notices.update().where(notices.c.key.in_(any_of("keys")), looked_at(notices.c.state) == "owed")
_DECIDE = notices.update().where(notices.c.key.in_(any_of("keys")), looked_at(notices.c.state).in_(any_of("only_from")))
_DECIDE_ALL = notices.update().where(
    notices.c.obligation == given("of"),
    sa.or_(
        notices.c.state == "owed",
        sa.and_(
            notices.c.state == "queued",
            notices.c.message.not_in(sa.select(messages.c.key).where(messages.c.state != "sealed")),
        ),
    ),
)
_SENT_WITH = notices.update().where(
    notices.c.message.in_(
        sa.select(messages.c.key).where(messages.c.key.in_(any_of("keys")), looked_at(messages.c.state) == "accepted")
    ),
    looked_at(notices.c.state).in_(("queued", "unknown")),
)


class Notices:
    """The notices of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, added: Sequence[Notice], skipped: Sequence[SkippedRung] = ()) -> None:
        """Insert compiled notices, and the rungs that were left out."""
        if added:
            self._connection.execute(notices.insert(), [as_row(one) for one in added])
        for rung in skipped:
            self._connection.execute(
                skipped_rungs.delete().where(
                    skipped_rungs.c.obligation == rung.obligation,
                    skipped_rungs.c.days == rung.days,
                    skipped_rungs.c.position == rung.position,
                )
            )
        if skipped:
            self._connection.execute(skipped_rungs.insert(), [as_row(one) for one in skipped])

    def exists(self, key: str) -> bool:
        """Whether a notice of that key was ever compiled."""
        query = sa.select(notices.c.key).where(notices.c.key == key)
        return self._connection.execute(query).first() is not None

    def owed(self, at: datetime) -> list[Notice]:
        """What is owed now: due at or before `at` and not decided; in order of due moment and key."""
        return found(self._connection, Notice, _OWED, at=at)

    def next_due(self, after: datetime, until: datetime) -> list[datetime]:
        """The moments in (`after`, `until`] at which an owed notice falls due, in order."""
        return list(self._connection.execute(_NEXT_DUE, {"after": after, "until": until}).scalars())

    def of_obligations(self, keys: Collection[str]) -> list[Notice]:
        """Every notice of these obligations, in order of due moment and key."""
        return found(self._connection, Notice, _OF_OBLIGATIONS, keys=list(keys))

    def of_message(self, key: str) -> list[Notice]:
        """The notices that a message carries."""
        return found(self._connection, Notice, _OF_MESSAGE, of=key)

    def of_cycle(self, report_year: int) -> list[Notice]:
        """Every notice of a cycle, in order of due moment and key."""
        return self._select(notices.c.report_year == report_year)

    def due_or_alarming(self, report_year: int, at: datetime) -> list[Notice]:
        """Those due by `at` that are still owed, or that climbed because nobody below could be told."""
        due = (notices.c.report_year == report_year, notices.c.due_at <= at)
        return self._select(*due, sa.or_(notices.c.alarm, notices.c.state == "owed"))

    def skipped(self, obligation: str) -> list[SkippedRung]:
        """The rungs of an obligation that were not compiled, and why."""
        return select_all(
            self._connection,
            SkippedRung,
            skipped_rungs,
            skipped_rungs.c.obligation == obligation,
            order=(skipped_rungs.c.days, skipped_rungs.c.position),
        )

    def counts(self, report_year: int) -> dict[NoticeState, int]:
        """How many notices are in each state; a state without notices counts 0."""
        query = (
            sa.select(notices.c.state, sa.func.count())
            .where(notices.c.report_year == report_year)
            .group_by(notices.c.state)
        )
        counted: dict[str, int] = dict(self._connection.execute(query).tuples().all())
        return {state: counted.get(state, 0) for state in NOTICE_STATES}

    def queue(self, keys: Sequence[str], message: str) -> None:
        """owed → queued under a sealed message; raises if another tick took one of them first."""
        values = {"keys": list(keys), "state": "queued", "message": message}
        changed = self._connection.execute(_QUEUE, values).rowcount
        if changed != len(keys):
            raise StoreError(f"{message}: {len(keys) - changed} of {len(keys)} notices were taken already")

    def decide(
        self,
        keys: Collection[str],
        state: NoticeState,
        *,
        reason: str,
        at: datetime,
        only_from: Collection[NoticeState] = _PENDING,
    ) -> int:
        """Move notices that are still in one of `only_from` to `state`; return how many moved."""
        if not keys:
            return 0
        values = {"state": state, "reason": reason, "decided_at": at}
        return self._connection.execute(_DECIDE, {"keys": list(keys), "only_from": list(only_from), **values}).rowcount

    def decide_all_of(self, obligation: str, state: NoticeState, *, reason: str, at: datetime) -> int:
        """Move every notice of an obligation that nobody has begun to send; return how many moved.

        A queued notice whose message is being sent just now keeps its course: the receipt decides it.
        """
        values = {"state": state, "reason": reason, "decided_at": at}
        return self._connection.execute(_DECIDE_ALL, {"of": obligation, **values}).rowcount

    def sent_with(self, keys: Sequence[str], *, at: datetime) -> None:
        """queued or unknown → sent for whatever accepted messages of `keys` carry."""
        values = {"state": "sent", "reason": "accepted", "decided_at": at}
        self._connection.execute(_SENT_WITH, {"keys": list(keys), **values})

    def release(self, message: str) -> None:
        """queued or unknown → owed for what a withdrawn message still carries."""
        self._connection.execute(
            notices.update()
            .where(notices.c.message == message, notices.c.state.in_(("queued", "unknown")))
            .values(state="owed", message=None)
        )

    def owe_again(self, key: str) -> None:
        """queued or unknown → owed for a notice whose message was refused while it was passed to nobody."""
        self._connection.execute(
            notices.update()
            .where(notices.c.key == key, notices.c.state.in_(("queued", "unknown")))
            .values(state="owed", message=None)
        )

    def sent_of_step(self, report_year: int, step: str) -> list[tuple[str | None, int, datetime]]:
        """Of the notices of a step that went out: post, level and when, each once, in no order."""
        return [tuple(row) for row in self._connection.execute(_SENT_OF_STEP, {"year": report_year, "of": step})]

    def _select(self, *where: sa.ColumnElement[bool]) -> list[Notice]:
        return select_all(self._connection, Notice, notices, *where, order=_ORDER)
