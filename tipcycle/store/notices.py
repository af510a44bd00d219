"""Which notices are owed, and what became of each? State changes are conditional: the row count is the proof."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.model.notice import NOTICE_STATES, Notice, NoticeState, SkippedRung
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import messages, notices, skipped_rungs

_PENDING: tuple[NoticeState, ...] = ("owed", "queued")


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
        return self._select(notices.c.state == "owed", notices.c.due_at <= at)

    def next_due(self, after: datetime, until: datetime) -> list[datetime]:
        """The moments in (`after`, `until`] at which an owed notice falls due, in order."""
        query = (
            sa.select(notices.c.due_at)
            .where(notices.c.state == "owed", notices.c.due_at > after, notices.c.due_at <= until)
            .distinct()
            .order_by(notices.c.due_at)
        )
        return list(self._connection.execute(query).scalars())

    def of_obligations(self, keys: Collection[str]) -> list[Notice]:
        """Every notice of these obligations, in order of due moment and key."""
        return self._select(notices.c.obligation.in_(list(keys)))

    def of_message(self, key: str) -> list[Notice]:
        """The notices that a message carries."""
        return self._select(notices.c.message == key)

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
        found: dict[str, int] = dict(self._connection.execute(query).tuples().all())
        return {state: found.get(state, 0) for state in NOTICE_STATES}

    def queue(self, keys: Sequence[str], message: str) -> None:
        """owed → queued under a sealed message; raises if another tick took one of them first."""
        changed = self._connection.execute(
            notices.update()
            .where(notices.c.key.in_(keys), notices.c.state == "owed")
            .values(state="queued", message=message)
        ).rowcount
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
        return self._connection.execute(
            notices.update()
            .where(notices.c.key.in_(list(keys)), notices.c.state.in_(list(only_from)))
            .values(state=state, reason=reason, decided_at=at)
        ).rowcount

    def decide_all_of(self, obligation: str, state: NoticeState, *, reason: str, at: datetime) -> int:
        """Move every notice of an obligation that nobody has begun to send; return how many moved.

        A queued notice whose message is being sent just now keeps its course: the receipt decides it.
        """
        sending = sa.select(messages.c.key).where(messages.c.state != "sealed")
        return self._connection.execute(
            notices.update()
            .where(
                notices.c.obligation == obligation,
                sa.or_(
                    notices.c.state == "owed",
                    sa.and_(notices.c.state == "queued", notices.c.message.not_in(sending)),
                ),
            )
            .values(state=state, reason=reason, decided_at=at)
        ).rowcount

    def sent_with(self, keys: Sequence[str], *, at: datetime) -> None:
        """queued or unknown → sent for whatever accepted messages of `keys` carry."""
        accepted = sa.select(messages.c.key).where(messages.c.key.in_(list(keys)), messages.c.state == "accepted")
        self._connection.execute(
            notices.update()
            .where(notices.c.message.in_(accepted), notices.c.state.in_(("queued", "unknown")))
            .values(state="sent", reason="accepted", decided_at=at)
        )

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

    def sent_of_step(self, report_year: int, step: str) -> list[Notice]:
        """The notices of a step that went out, in order of due moment and key."""
        return self._select(notices.c.report_year == report_year, notices.c.step == step, notices.c.state == "sent")

    def _select(self, *where: sa.ColumnElement[bool]) -> list[Notice]:
        order = (notices.c.due_at, notices.c.key)
        return select_all(self._connection, Notice, notices, *where, order=order)
