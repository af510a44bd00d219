"""How does a frozen value become a row, and a row the value again? Field names are column names."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


def as_row(value: Any) -> dict[str, Any]:
    """The fields of a flat dataclass by column name."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def from_row(kind: type[T], row: sa.RowMapping) -> T:
    """The dataclass whose fields these columns are; further columns are left out."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})  # type: ignore[arg-type]
