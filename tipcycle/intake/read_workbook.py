"""What does a filled workbook answer? Its identity first, then its cells; each finding names sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tipcycle.intake.cell_value import value_of
from tipcycle.intake.read_outcome import SOURCE, Read, read_form
from tipcycle.intake.xlsx_cells import Book, Cell, read_book
from tipcycle.intake.xlsx_package import Package, RefusedError
from tipcycle.model.plan import plan_version, standards_version
from tipcycle.model.signature import verify
from tipcycle.model.submission import SubmissionFinding, worst_findings
from tipcycle.model.workbook import (
    FIRST,
    HEADINGS,
    IDENTITY,
    ITEMS,
    SHEETS,
    STANDARDS,
    STATISTICS,
    Field,
    Identity,
    Sheet,
)

_NEW_BOOK = "Fill in the workbook that was sent for this country and report, without changing its structure."
_FILLED_IN = {"category", "period.from", "period.to"}  # stand in a row of figures from the start, and say nothing
_MOST_ROWS = 5_000


@dataclass
class _Reading:
    """The form while it is read: its fields, the cell of each part, and what cannot be read."""

    book: Book
    form: dict[str, Any]
    places: dict[str, str] = field(default_factory=dict)
    findings: list[SubmissionFinding] = field(default_factory=list)


def read_workbook(raw: bytes, *, key: bytes) -> Read:
    """The answer in a workbook that we signed with `key`; never raises, whatever the bytes."""
    try:
        book = read_book(Package(raw))
        identity = _identity(book, key)
        sheets = [sheet for sheet in SHEETS[identity.step] if sheet is not ITEMS or identity.plan_version]
        _require_our_layout(book, sheets)
        if ITEMS in sheets:
            _require_its_plan(book, identity)
        if STANDARDS in sheets:
            _require_its_standards(book, identity)
    except RefusedError as refused:
        return Read(None, (refused.finding,))
    reading = _Reading(book, _head(identity), dict.fromkeys(("report_year", "country", "post"), f"{IDENTITY}!A1"))
    for sheet in sheets:
        (_read_page if sheet.shape == "page" else _read_table)(reading, sheet)
    if reading.findings:
        return Read(None, worst_findings(reading.findings))
    return read_form(reading.form, places=reading.places, plan_version=identity.plan_version)


def _head(identity: Identity) -> dict[str, Any]:
    return {
        "tipcycle": "submission/1",
        "report_year": identity.report_year,
        "step": identity.step,
        "country": identity.country,
        "post": identity.post,
    }


def _identity(book: Book, key: bytes) -> Identity:
    page = book.pages.get(IDENTITY)
    if page is None:
        told = "The workbook has no identity sheet, so it is not one that we sent."
        raise RefusedError("file.identity", IDENTITY, told, _NEW_BOOK)
    lines = [_plain(page.cell("A", row)) for row in range(1, 9)]
    year, step = lines[1], lines[2]
    if lines[0] != "workbook/1" or not (year.isascii() and year.isdigit() and len(year) == 4) or step not in SHEETS:
        raise RefusedError("file.identity", f"{IDENTITY}!A1", "The identity sheet is not as we made it.", _NEW_BOOK)
    with_standards = STANDARDS in SHEETS[step]
    identity = Identity(int(year), step, lines[3], lines[4], lines[5], lines[6] if with_standards else "")
    signature = 7 if with_standards else 6
    if not verify(identity.signed_text, lines[signature], key):
        told = f"The workbook is not signed by us as one of {identity.post[:60]} for {identity.country[:10]}."
        raise RefusedError("file.identity", f"{IDENTITY}!A{signature + 1}", told, _NEW_BOOK)
    return identity


def _plain(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return str(int(cell.number)) if cell.kind == "number" else cell.text


def _require_our_layout(book: Book, sheets: list[Sheet]) -> None:
    ours = {sheet.title for sheet in sheets} | {IDENTITY}
    for title in sorted(ours ^ book.pages.keys()):
        what = "is missing" if title in ours else "is not one of ours, and would not be read"
        raise RefusedError("file.layout", title[:40], f'The sheet "{title[:40]}" {what}.', _NEW_BOOK)
    for sheet in sheets:
        page = book.pages[sheet.title]
        if page.merged:
            told = "Cells were merged, so it is not clear where their value belongs."
            raise RefusedError(
                "file.layout", f"{sheet.title}!{page.merged[:20]}", told, "Split them, and send it again."
            )
        for place, heading in _headings(sheet):
            if _plain(page.cell(*place)) != heading:
                told = f'"{heading}" should stand here; the sheet was moved or changed.'
                raise RefusedError("file.layout", f"{sheet.title}!{place[0]}{place[1]}", told, _NEW_BOOK)
        for row, cells in page.rows.items():
            for column, cell in cells.items():
                if cell.kind == "formula":
                    told = "The cell holds a formula; only values are read."
                    raise RefusedError("file.formula", f"{sheet.title}!{column}{row}", told, "Type the value itself.")


def _headings(sheet: Sheet) -> Iterator[tuple[tuple[str, int], str]]:
    for number, one in enumerate(sheet.fields):
        yield (("A", FIRST + number) if sheet.shape == "page" else (chr(65 + number), HEADINGS)), one.heading


def _require_its_plan(book: Book, identity: Identity) -> None:
    """A sheet of another country, moved into this book, would answer recommendations that were never made."""
    page = book.pages[ITEMS.title]
    asked = [
        (_plain(page.cell("A", row)), _plain(page.cell("B", row)) == "High priority", _plain(page.cell("C", row)))
        for row in page.rows
        if row >= FIRST and page.cell("C", row)
    ]
    if plan_version(asked) != identity.plan_version:
        told = "The recommendations are not those that this workbook was made with."
        raise RefusedError("file.identity", f"{ITEMS.title}!A{FIRST}:C{FIRST + len(asked) - 1}", told, _NEW_BOOK)


def _require_its_standards(book: Book, identity: Identity) -> None:
    """Rows that were moved, or a sheet of another Report, would put an answer to another standard."""
    page = book.pages[STANDARDS.title]
    asked = [
        (_plain(page.cell("A", row)), _plain(page.cell("B", row)))
        for row in page.rows
        if row >= FIRST and (page.cell("A", row) or page.cell("B", row))
    ]
    if standards_version(asked) != identity.standards_version:
        told = "The minimum standards are not those that this workbook was made with."
        raise RefusedError("file.identity", f"{STANDARDS.title}!A{FIRST}:B{FIRST + len(asked) - 1}", told, _NEW_BOOK)


def _read_page(reading: _Reading, sheet: Sheet) -> None:
    page = reading.book.pages[sheet.title]
    entry: dict[str, Any] = {}
    for row, one in enumerate(sheet.fields, FIRST):
        path = f"{sheet.path}.{one.path}" if sheet.path else one.path
        reading.places[path] = f"{sheet.title}!B{row}"
        _take(reading, page.cell("B", row), one, entry, place=f"{sheet.title}!B{row}")
    if not sheet.path:
        reading.form |= entry
    elif entry:
        reading.form[sheet.path] = entry
    if sheet.path:
        reading.places[sheet.path] = f"{sheet.title}!B{FIRST}"


def _read_table(reading: _Reading, sheet: Sheet) -> None:
    page = reading.book.pages[sheet.title]
    reading.places[sheet.path] = f"{sheet.title}!A{FIRST}"
    entries: list[dict[str, Any]] = []
    for row in page.rows:
        if row < FIRST:
            continue
        if row > FIRST + _MOST_ROWS:
            told = f"There are more than {_MOST_ROWS:,} rows."
            reading.findings.append(_finding("file.too_large", f"{sheet.title}!A{row}", told, "Send fewer rows."))
            break
        entry: dict[str, Any] = {}
        for number, one in enumerate(sheet.fields):
            column = chr(65 + number)
            if one.path:
                _take(reading, page.cell(column, row), one, entry, place=f"{sheet.title}!{column}{row}")
        if _says_something(sheet, entry):
            entries.append(entry)
            _place_entry(reading, sheet, row, f"{sheet.path}[{len(entries)}]")
        elif "id" in entry:
            reading.places[f"{sheet.path} {entry['id']}"] = f"{sheet.title}!{_first_to_fill(sheet)}{row}"
    if entries and sheet.path == "demarche.recommendations_added":
        reading.form.setdefault("demarche", {})["recommendations_added"] = entries
    elif entries:
        reading.form[sheet.path] = entries


def _first_to_fill(sheet: Sheet) -> str:
    return next(chr(65 + number) for number, one in enumerate(sheet.fields) if one.kind != "locked")


def _says_something(sheet: Sheet, entry: dict[str, Any]) -> bool:
    empty = _FILLED_IN if sheet is STATISTICS else {"id"} if sheet in (ITEMS, STANDARDS) else set()
    return any(path not in empty for path in _paths(entry))


def _paths(entry: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{above}{name}.")
        else:
            yield above + name


def _place_entry(reading: _Reading, sheet: Sheet, row: int, path: str) -> None:
    reading.places[path] = f"{sheet.title}!A{row}"
    for number, one in enumerate(sheet.fields):
        if one.path:
            cell = f"{sheet.title}!{chr(65 + number)}{row}"
            outer = one.path.rpartition(".")[0]
            reading.places[f"{path}.{one.path}"] = cell
            if outer:
                reading.places.setdefault(f"{path}.{outer}", cell)


def _take(reading: _Reading, cell: Cell | None, one: Field, entry: dict[str, Any], *, place: str) -> None:
    """Put the value of a cell where its path says; an empty cell leaves no trace."""
    if cell is None:
        return
    try:
        value = value_of(cell, one, from_1904=reading.book.from_1904)
    except ValueError as error:
        told, _, remedy = str(error).partition("; ")
        reading.findings.append(
            _finding("file.field", place, f"{told[0].upper()}{told[1:]}.", f"{remedy.capitalize()}.")
        )
        return
    *outer, name = one.path.split(".")
    for part in outer:
        entry = entry.setdefault(part, {})
    entry[name] = value


def _finding(code: str, where: str, message: str, remedy: str) -> SubmissionFinding:
    return SubmissionFinding(code, "blocker", where, message, remedy, SOURCE)
