"""Which messages are sealed, who is sending them, and what did the receiver say?

A message is claimed by a conditional UPDATE with a lease, sent, and its receipt recorded. A sender that dies leaves
its lease: the outcome of what it held is unknown, which is shown and never guessed at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tipcycle.model.message import Attachment, Message, MessageState, Receipt, WaitingDigest
from tipcycle.store.rows import any_of, as_row, columns, given, looked_at, names
from tipcycle.store.schema import messages, notices

MOST_ATTEMPTS = 5  # tries of one message that may each have arrived; then a person decides
_URGENCY = (messages.c.statutory.desc(), messages.c.sealed_at, messages.c.key)


@dataclass(frozen=True)
class Day:
    """What was sealed for one position, channel and local day: how many stand, and the highest n."""

    standing: int
    highest_n: int


class Messages:
    """The messages of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def seal(self, message: Message) -> None:
        """Keep a message as it will go out."""
        row = as_row(message) | {
            "attachments": [as_row(attachment) for attachment in message.attachments],
            "was_unknown": False,
            "receipt": "",
        }
        self._connection.execute(_SEAL, row)

    def find(self, key: str) -> Message | None:
        """The message, or None."""
        found = self._found(_BY_KEY, of=key)
        return found[0] if found else None

    def by_message_id(self, message_id: str) -> Message | None:
        """The message that went out under this Message-ID, or None."""
        found = self._select(messages.c.message_id == message_id)
        return found[0] if found else None

    def keys_like(self, start: str) -> list[str]:
        """The keys that begin with `start`, in order."""
        query = sa.select(messages.c.key).where(messages.c.key.startswith(start, autoescape=True))
        return list(self._connection.execute(query.order_by(messages.c.key)).scalars())

    def accepted_like(self, start: str) -> list[str]:
        """The keys that begin with `start` and that a receiver accepted, in order."""
        query = sa.select(messages.c.key).where(
            messages.c.key.startswith(start, autoescape=True), messages.c.state == "accepted"
        )
        return list(self._connection.execute(query.order_by(messages.c.key)).scalars())

    def accepted(self) -> set[str]:
        """The key of every message that a receiver accepted, in any cycle."""
        return set(self._connection.execute(sa.select(messages.c.key).where(messages.c.state == "accepted")).scalars())

    def in_states(self, report_year: int, states: Sequence[MessageState]) -> list[Message]:
        """The messages of a cycle in any of these states, in order of key."""
        return self._select(messages.c.report_year == report_year, messages.c.state.in_(states))

    def of_cycle(self, report_year: int) -> list[Message]:
        """Every message of a cycle, in order of key."""
        return self._select(messages.c.report_year == report_year)

    def days(self, at: datetime) -> dict[tuple[str, str, date], Day]:
        """What was sealed around `at`, by position, channel and local day; withdrawn ones do not stand."""
        day = timedelta(days=1)
        rows = self._connection.execute(_DAYS, {"first": at.date() - day, "last": at.date() + day})
        found: dict[tuple[str, str, date], list[tuple[int, bool]]] = defaultdict(list)
        for position, channel, local_on, n, state in rows:
            found[position, channel, local_on].append((n, state != "withdrawn"))
        return {
            key: Day(sum(stands for _, stands in sealed), max(n for n, _ in sealed)) for key, sealed in found.items()
        }

    def undelivered(self, at: datetime, *, honours_key: Sequence[str]) -> list[str]:
        """Keys to try now: sealed ones, and unknown ones that may be repeated by rule.

        Statutory ones first, then the oldest: thousands of courtesies, or a receiver that is slow with them, keep
        nothing waiting that the law sets a date for. An unknown outcome is repeated where its message is statutory or
        its channel is one of `honours_key`. What was tried at `at` already waits for the next tick.
        """
        asked = {"at": at, "honours_key": list(honours_key)}
        return list(self._connection.execute(_UNDELIVERED, asked).scalars())

    def addressed_to(self, keys: Sequence[str]) -> list[tuple[str, int, str]]:
        """Key, report year and position of those of `keys` that are sealed, in order of key."""
        query = sa.select(messages.c.key, messages.c.report_year, messages.c.position)
        found = self._connection.execute(query.where(messages.c.key.in_(list(keys))).order_by(messages.c.key))
        return [(key, year, position) for key, year, position in found]

    def claim(
        self, keys: Sequence[str], *, owner: str, until_clock: datetime, honours_key: Sequence[str]
    ) -> list[Message]:
        """Take those of `keys` that nobody else took; a message whose notices were decided meanwhile is left.

        They come in the order of `undelivered`. `owner` is new for each claim: what carries it afterwards was taken by
        this one.
        """
        lease = {"lease_owner": owner, "lease_until_clock": until_clock}
        self._connection.execute(_CLAIM, {"keys": list(keys), "honours_key": list(honours_key), **lease})
        return self._found(_CLAIMED, owner=owner, keys=list(keys))

    def renew(self, owner: str, *, until_clock: datetime) -> bool:
        """Let a lease last longer; False if it was lost: what it held was decided by another sender."""
        return bool(
            self._connection.execute(
                messages.update()
                .where(messages.c.state == "sending", messages.c.lease_owner == owner)
                .values(lease_until_clock=until_clock)
            ).rowcount
        )

    def record_accepted(self, receipts: Sequence[Receipt], *, owner: str, at: datetime) -> None:
        """Keep many acceptances at once; those whose claim was lost are left as they are."""
        asked = {"owner": owner, "accepted_at": at, "attempted_at": at}
        self._connection.execute(
            _RECORD_ACCEPTED, [asked | {"of": receipt.key, "receipt": receipt.detail} for receipt in receipts]
        )

    def record(self, receipt: Receipt, *, owner: str, at: datetime) -> str | None:
        """Keep what the receiver said; return the message's new state, or None if the claim was lost.

        A repeat that was not sent leaves an unknown outcome unknown: the first try may have arrived. It counts for no
        attempt: a receiver that is away for a day uses up none of the repeats.
        """
        values: dict[str, Any] = {"attempted_at": at, "lease_owner": None, "lease_until_clock": None}
        record = _RECORD
        match receipt.outcome:
            case "accepted":
                values |= {"state": "accepted", "accepted_at": at, "receipt": receipt.detail, "reason": ""}
            case "not_sent":
                record = _RECORD_NOT_SENT
                values |= {"reason": receipt.detail}
            case outcome:
                values |= {"state": outcome, "reason": receipt.detail}
        changed = self._connection.execute(record, {"of": receipt.key, "owner": owner, **values}).rowcount
        if not changed:
            return None
        return str(self._connection.execute(_STATE_OF, {"of": receipt.key}).scalar_one())

    def left_to_a_person(self, keys: Sequence[str]) -> list[Message]:
        """Those of `keys` that no run tries again: refused, or unknown after the last repeat."""
        tried_out = sa.and_(messages.c.state == "unknown", messages.c.attempts >= MOST_ATTEMPTS)
        return self._select(messages.c.key.in_(list(keys)), sa.or_(messages.c.state == "refused", tried_out))

    def dead_leases(self, now_clock: datetime, *, is_dead: Callable[[str], bool]) -> dict[str, list[str]]:
        """What senders hold that are dead or whose lease ran out: keys in order, by the lease's owner."""
        rows = self._connection.execute(_LEASED)
        lost: dict[str, list[str]] = defaultdict(list)
        for key, owner, until in rows:
            if until < now_clock or is_dead(owner):
                lost[owner].append(key)
        return lost

    def try_again(self, key: str) -> None:
        """Let a message that was never begun be tried by this very tick."""
        self._connection.execute(messages.update().where(messages.c.key == key).values(attempted_at=None))

    def settle(self, key: str, *, state: str, reason: str, at: datetime) -> bool:
        """unknown or refused → `state` by a person's decision; False if the message is neither."""
        values: dict[str, Any] = {"state": state, "reason": reason}
        if state == "accepted":
            # Only now is it known, and nobody knew it when the next rung went.
            values |= {"accepted_at": at, "was_unknown": True}
        if state == "sealed":
            values |= {"attempted_at": None, "attempts": 0}
        return bool(
            self._connection.execute(
                messages.update()
                .where(messages.c.key == key, messages.c.state.in_(("unknown", "refused")))
                .values(**values)
            ).rowcount
        )

    def waiting_digests(self, *, honours_key: Sequence[str]) -> list[WaitingDigest]:
        """Digests to be tried now or again, sealed or unknown: what a new tick may have to write anew.

        Without their texts: a backlog of thousands is looked through on every tick.
        """
        found = self._connection.execute(_WAITING_DIGESTS, {"honours_key": list(honours_key)})
        return [WaitingDigest(*row) for row in found]

    def withdraw(self, key: str, reason: str) -> bool:
        """sealed or unknown → withdrawn; False if somebody is sending it already."""
        return bool(
            self._connection.execute(
                messages.update()
                .where(messages.c.key == key, messages.c.state.in_(("sealed", "unknown")))
                .values(state="withdrawn", reason=reason)
            ).rowcount
        )

    def seal_again(self, key: str, reason: str) -> bool:
        """withdrawn → sealed: what was not to go out is to go out after all; False if it was not withdrawn."""
        return bool(
            self._connection.execute(
                messages.update()
                .where(messages.c.key == key, messages.c.state == "withdrawn")
                .values(state="sealed", reason=reason, attempted_at=None, attempts=0)
            ).rowcount
        )

    def accepted_count(self, report_year: int) -> int:
        """How many messages of a cycle the receivers accepted."""
        return self._connection.execute(
            sa.select(sa.func.count()).where(messages.c.report_year == report_year, messages.c.state == "accepted")
        ).scalar_one()

    def _select(self, *conditions: sa.ColumnElement[bool]) -> list[Message]:
        return self._found(_where(*conditions))

    def _found(self, query: sa.Select[tuple[Any, ...]], **values: Any) -> list[Message]:
        return [_message(row) for row in self._connection.execute(query, values)]


_SELECT = sa.select(*columns(Message, messages))


def _where(*conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[Any, ...]]:
    return _SELECT.where(*conditions).order_by(messages.c.sealed_at, messages.c.key)


def _to_try(state: sa.ColumnElement[str] = messages.c.state) -> sa.ColumnElement[bool]:
    """To be tried now or again: sealed, or unknown and repeated by rule, where statutory or the key is honoured."""
    return sa.or_(
        state == "sealed",
        sa.and_(
            state == "unknown",
            messages.c.attempts < MOST_ATTEMPTS,
            sa.or_(messages.c.statutory, messages.c.channel.in_(any_of("honours_key"))),
        ),
    )


_HELD = sa.and_(messages.c.key == given("of"), messages.c.state == "sending", messages.c.lease_owner == given("owner"))

_SEAL = messages.insert()
_BY_KEY = _where(messages.c.key == given("of"))
# By key too: there is no index over owners, and without it each group of fifty would read the whole table.
_CLAIMED = _SELECT.where(messages.c.key.in_(any_of("keys")), messages.c.lease_owner == given("owner")).order_by(
    *_URGENCY
)
_WAITING_DIGESTS = (
    sa.select(*(messages.c[part.name] for part in fields(WaitingDigest)))
    .where(_to_try(), messages.c.n > 0)
    .order_by(messages.c.sealed_at, messages.c.key)
)
_STATE_OF = sa.select(messages.c.state).where(messages.c.key == given("of"))
_DAYS = sa.select(messages.c.position, messages.c.channel, messages.c.local_on, messages.c.n, messages.c.state).where(
    messages.c.n > 0, messages.c.local_on.between(given("first"), given("last"))
)
_UNDELIVERED = (
    sa.select(messages.c.key)
    .where(sa.or_(messages.c.attempted_at.is_(None), messages.c.attempted_at < given("at")), _to_try())
    .order_by(*_URGENCY)
)
_LEASED = (
    sa.select(messages.c.key, messages.c.lease_owner, messages.c.lease_until_clock)
    .where(messages.c.state == "sending")
    .order_by(messages.c.key)
)
_CLAIM = (
    messages.update()
    .where(
        messages.c.key.in_(any_of("keys")),
        _to_try(looked_at(messages.c.state)),
        messages.c.key.not_in(
            sa.select(notices.c.message).where(
                notices.c.message.in_(any_of("keys")), notices.c.state.not_in(("queued", "unknown"))
            )
        ),
    )
    .values(
        was_unknown=sa.or_(messages.c.was_unknown, messages.c.state == "unknown"),
        state="sending",
        attempts=messages.c.attempts + 1,
    )
)
_RECORD = messages.update().where(_HELD)
_RECORD_ACCEPTED = _RECORD.values(state="accepted", reason="", lease_owner=None, lease_until_clock=None)
_RECORD_NOT_SENT = _RECORD.values(
    state=sa.case((messages.c.was_unknown, "unknown"), else_="sealed"), attempts=messages.c.attempts - 1
)


def _message(row: sa.Row[Any]) -> Message:
    values = dict(zip(names(Message), row, strict=True))
    return Message(**values | {"attachments": tuple(Attachment(**one) for one in values["attachments"])})
