"""How does a table read as an open file? CSV in UTF-8, a header, one line end, values that any program can read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from tipcycle.model.moment import iso
from tipcycle.model.plain_text import harmless
from tipcycle.model.token import without_tokens


def open_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The file; a moment is UTC, nothing is an empty cell, a list or mapping is JSON with its keys in order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8")


def table_to_read(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same for people, who open it in a spreadsheet: a text that it might run gets an apostrophe before it."""
    return open_table(columns, ([harmless(one) if isinstance(one, str) else one for one in row] for row in rows))


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case list() | tuple() | dict():
            return without_tokens(json.dumps(value, sort_keys=True, ensure_ascii=False))
        case _:
            return without_tokens(str(value))
