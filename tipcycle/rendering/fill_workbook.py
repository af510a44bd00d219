"""Where do the answers that are known already stand in a workbook? In the cells that a post would type them into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tipcycle.model.workbook import FIRST, Field, Sheet


def fill_workbook(book: Workbook, sheets: Sequence[Sheet], answers: Mapping[str, Any]) -> None:
    """Type `answers`, a mapping of the form's fields as in YAML, into the sheets that the book has."""
    for sheet in sheets:
        if sheet.title not in book.sheetnames:
            continue
        page = book[sheet.title]
        said: Any = _at(answers, sheet.path) if sheet.path else answers
        if sheet.shape == "page":
            for row, field in enumerate(sheet.fields, FIRST):
                _type(page, f"B{row}", field, said or {})
        else:
            for row, entry in _rows(page, said or ()):
                for column, field in enumerate(sheet.fields, 1):
                    _type(page, f"{get_column_letter(column)}{row}", field, entry)


def _rows(page: Worksheet, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each entry with its row: the one that names its id or category already, or else the next that names none."""
    free: list[int] = []
    named: dict[str, list[int]] = {}
    for row in range(FIRST, page.max_row + 1):
        name = page.cell(row, 1).value
        (named.setdefault(str(name), []) if name else free).append(row)
    for entry in entries:
        rows = named.get(str(entry.get("id", entry.get("category")))) or free
        yield rows.pop(0), entry


def _type(page: Worksheet, cell: str, field: Field, entry: Mapping[str, Any]) -> None:
    value = _at(entry, field.path) if field.path else None
    if value in (None, "", ()):
        return
    match field.kind:
        case "day":
            page[cell].value = date.fromisoformat(str(value))
        case "count":
            page[cell].value = value
        case _:
            page[cell].value = _in_words(field, value)
            page[cell].data_type = "s"  # a text, also where it begins like a formula


def _in_words(field: Field, value: Any) -> str:
    match field.kind:
        case "yes":
            return "yes" if value else "no"
        case "lines":
            return "\n".join(map(str, value))
        case "counts":
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _at(entry: Mapping[str, Any], path: str) -> Any:
    value: Any = entry
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
