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
    query = sa.select(*columns(kind, table)).where(*where).order_by(*order)
    return [kind(*row) for row in connection.execute(query)]
