"""Who did what, when? An append-only log; each row carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tipcycle.store.rows import select_all
from tipcycle.store.schema import acts


@dataclass(frozen=True)
class Act:
    """One line of the log."""

    number: int
    at: datetime
    actor: str
    act: str
    object: str
    details: dict[str, Any]
    previous_hash: str
    hash: str


_LAST = sa.select(acts.c.number, acts.c.hash).order_by(acts.c.number.desc()).limit(1)
_ADD = acts.insert()


class Acts:
    """The log; the ledger's single row is locked by every writer, so numbers follow each other without a gap."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, act: str, object: str, *, actor: str, at: datetime, **details: Any) -> None:
        """Append a line; `details` must be plain JSON values."""
        last = self._connection.execute(_LAST).first()
        number, previous = (last.number + 1, last.hash) if last else (1, "")
        row = {"number": number, "at": at, "actor": actor, "act": act, "object": object, "details": details}
        stamp = _hash(row, previous)
        self._connection.execute(_ADD, row | {"previous_hash": previous, "hash": stamp})

    def all(self) -> list[Act]:
        """Every line, in order."""
        return select_all(self._connection, Act, acts, order=(acts.c.number,))

    def last_number(self) -> int:
        """The number of the newest line; 0 in an empty log."""
        found: int | None = self._connection.execute(sa.select(sa.func.max(acts.c.number))).scalar_one()
        return found or 0

    def since(self, number: int) -> list[Act]:
        """Every line after that number, in order."""
        return select_all(self._connection, Act, acts, acts.c.number > number, order=(acts.c.number,))

    def breaks(self) -> Iterator[str]:
        """What is wrong with the chain, line by line; nothing when it is whole."""
        previous, expected = "", 1
        for act in self.all():
            row = {name: getattr(act, name) for name in ("number", "at", "actor", "act", "object", "details")}
            if act.number != expected:
                yield f"act {expected} is missing"
            if act.previous_hash != previous or act.hash != _hash(row, act.previous_hash):
                yield f"act {act.number} ({act.act} {act.object}) was changed after it was written"
            previous, expected = act.hash, act.number + 1


def _hash(row: dict[str, Any], previous: str) -> str:
    line = row | {"at": f"{row['at']:%Y-%m-%dT%H:%M:%SZ}"}
    text = json.dumps([previous, line], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
