"""How is the whole ledger written down and put back, row for row? One JSON line a row, alike on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tipcycle.store.schema import Moment, metadata

_ROWS = 500  # an insert


def tables() -> list[str]:
    """Every table's name; what a row refers to comes before it."""
    return [table.name for table in metadata.sorted_tables]


def write_rows(connection: sa.Connection, name: str) -> Iterator[str]:
    """The rows of a table as lines, in order of its key: equal ledgers give equal lines."""
    table = metadata.tables[name]
    order = [sa.collate(one, "C") if _sorts_by_locale(connection, one) else one for one in table.primary_key.columns]
    for row in connection.execute(table.select().order_by(*order)).mappings():
        yield json.dumps(dict(row), default=_plain, ensure_ascii=False, sort_keys=True)


def put_rows(connection: sa.Connection, name: str, lines: Iterator[str]) -> int:
    """Add the rows that `lines` tell of; return how many."""
    table, count = metadata.tables[name], 0
    waiting: list[dict[str, Any]] = []
    for line in lines:
        waiting.append({key: _value(table.c[key], value) for key, value in json.loads(line).items()})
        if len(waiting) == _ROWS:
            connection.execute(table.insert(), waiting)
            count, waiting = count + len(waiting), []
    if waiting:
        connection.execute(table.insert(), waiting)
    return count + len(waiting)


def empty(connection: sa.Connection) -> None:
    """Take every row out."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


def _sorts_by_locale(connection: sa.Connection, column: sa.Column[Any]) -> bool:
    return connection.dialect.name == "postgresql" and isinstance(column.type, sa.String | sa.Text)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return str(value.isoformat())


def _value(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value
