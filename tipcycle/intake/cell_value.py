"""Which value of the form does a cell hold? As its column asks for it, or a `ValueError` that tells the remedy."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tipcycle.intake.xlsx_cells import Cell
from tipcycle.model.workbook import Field

_DIGITS = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FEWEST, _MOST = 60, 2_958_000  # before March 1900 the count of days is wrong by one; after it come years past 9999


def value_of(cell: Cell, field: Field, *, from_1904: bool) -> object:
    """Text, a whole number, an ISO day, a list or a truth value; never raises anything but `ValueError`."""
    if cell.kind == "error":
        raise ValueError(f"the cell shows the error {cell.text}; type the value in")
    match field.kind:
        case "count":
            return _count(cell)
        case "counts":
            return [_whole(part) for part in re.split(r"[,;\s]+", _as_text(cell)) if part]
        case "day":
            return _day(cell, from_1904=from_1904)
        case "lines":
            return [line.strip() for line in _as_text(cell).splitlines() if line.strip()]
        case "yes":
            return _yes(cell)
        case _:
            return _as_text(cell)


def _as_text(cell: Cell) -> str:
    if cell.kind != "number":
        return cell.text
    return str(int(cell.number)) if cell.number.is_integer() else repr(cell.number)


def _count(cell: Cell) -> int:
    if cell.kind == "text":
        return _whole(cell.text)
    if cell.kind != "number" or not cell.number.is_integer() or not 0 <= cell.number <= 10_000_000:
        raise ValueError("this is no count; write a whole number in digits")
    return int(cell.number)


def _whole(text: str) -> int:
    if not _DIGITS.fullmatch(text):
        raise ValueError("this is no count; write it in digits only: no separators, signs or estimates")
    return int(text)


def _day(cell: Cell, *, from_1904: bool) -> str:
    if cell.kind == "text" and _DAY.fullmatch(cell.text):
        return cell.text
    if cell.kind != "number" or not cell.number.is_integer() or not _FEWEST < cell.number < _MOST:
        raise ValueError("this is no single day; write it as 2009-10-31")
    start = _EPOCH_1904 if from_1904 else _EPOCH
    return (start + timedelta(days=int(cell.number))).isoformat()


def _yes(cell: Cell) -> bool:
    said = _as_text(cell).lower()
    if said not in ("yes", "no"):
        raise ValueError('this is neither yes nor no; choose "yes" only to attest that there is nothing to report')
    return said == "yes"
