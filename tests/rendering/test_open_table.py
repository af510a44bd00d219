"""A table that people open in a spreadsheet runs nothing; one for programs is letter by letter what it was."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook

from tipcycle.model.workbook import FIRST, SHEETS, Sheet
from tipcycle.rendering.fill_workbook import fill_workbook
from tipcycle.rendering.open_table import open_table, table_to_read

RUNS = ["=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1"]


def _cells(table: bytes) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(table.decode(), newline=""))][1:]


@pytest.mark.parametrize("text", RUNS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe_where_people_read_it(text: str) -> None:
    assert _cells(table_to_read(["told"], [[text]])) == [f"'{text}"]
    assert _cells(open_table(["told"], [[text]])) == [text]


def test_a_figure_stays_a_figure() -> None:
    assert _cells(table_to_read(["days"], [[-14], [None], ["Made up."]])) == ["-14", "", "Made up."]


@pytest.mark.parametrize("text", RUNS[:4])
@pytest.mark.parametrize("sheet", SHEETS["progress-report"], ids=lambda sheet: sheet.title)
def test_no_cell_of_a_filled_workbook_is_a_formula(sheet: Sheet, text: str) -> None:
    book = Workbook()
    page = book.create_sheet(sheet.title)
    page.cell(FIRST, len(sheet.fields))  # a row to type into
    texts = [field for field in sheet.fields if field.kind in ("lines", "text") and field.path.isidentifier()]
    said = {field.path: [text] if field.kind == "lines" else text for field in texts}
    answers: Any = said if sheet.shape == "page" else [said]

    fill_workbook(book, [sheet], {sheet.path: answers} if sheet.path else said)

    typed = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in typed} <= {"s"}
    assert len(typed) == len(texts)
