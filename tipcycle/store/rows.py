"""How does a frozen value become a row, and a row the value again? Field names are column names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


@cache
def names(kind: type) -> tuple[str, ...]:
    """The field names of a dataclass, in its order."""
    return tuple(field.name for field in fields(kind))


def as_row(value: Any) -> dict[str, Any]:
    """The fields of a flat dataclass by column name."""
    return {name: getattr(value, name) for name in names(value.__class__)}


def columns(kind: type, table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of a table that a dataclass holds, in the dataclass's order."""
    return [table.c[name] for name in names(kind)]


def select_all(
    connection: sa.Connection,
    kind: type[T],
    table: sa.Table,
    *where: sa.ColumnElement[bool],
    order: Iterable[Any],
) -> list[T]:
    """The rows of a table as values, in order."""
    return found(connection, kind, query(kind, table, *where, order=order))


def query(
    kind: type[Any], table: sa.Table, *where: sa.ColumnElement[bool], order: Iterable[Any]
) -> sa.Select[tuple[Any, ...]]:
    """The statement of `select_all`, to be built once where it is asked often; `given` stands for what changes.

    To build a statement and to name it for SQLAlchemy's cache costs more than to run it on a ledger of one office.
    """
    return sa.select(*columns(kind, table)).where(*where).order_by(*order)


def found(connection: sa.Connection, kind: type[T], query: sa.Select[tuple[Any, ...]], **values: Any) -> list[T]:
    """The rows of a query as values, in order."""
    return [kind(*row) for row in connection.execute(query, values)]


def given(name: str) -> sa.BindParameter[Any]:
    """A value that is named when a statement runs; it has the type of the column that it is held against."""
    return sa.bindparam(name)


def any_of(name: str) -> sa.BindParameter[Any]:
    """The same for a list of values, after `in_`."""
    return sa.bindparam(name, expanding=True)


def looked_at(column: sa.Column[str]) -> sa.ColumnElement[str]:
    """The column, to be compared in rows that a key has found already, and not searched by an index of its own.

    SQLite guesses that few rows share a state; with a backlog it would read every sealed message to claim fifty.
    """
    return sa.func.coalesce(column, "")
