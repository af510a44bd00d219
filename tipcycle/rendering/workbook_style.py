"""How do the cells of a workbook look, and what may be typed into them? Quiet colors, wide columns, help in place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tipcycle.model.workbook import FIRST, HEADINGS, HELP, Field, Sheet

MARKING = "SENSITIVE BUT UNCLASSIFIED"
_NAVY, _PALE, _SAND, _GREY, _INK = "1F3A5F", "EAF0F7", "FFF4DC", "F4F5F7", "22303F"
_LINE = Side(style="thin", color="C9D2DC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_FONT = "Calibri"


def add_styles(book: Workbook) -> None:
    """Give the book the named styles that its cells use; those to fill in are white and not locked."""
    ink, small = Font(name=_FONT, size=11, color=_INK), Font(name=_FONT, size=9, italic=True, color="5B6B7C")
    bold = Font(name=_FONT, size=11, bold=True, color=_INK)
    styles = [
        NamedStyle("tip title", font=Font(name=_FONT, size=16, bold=True, color="FFFFFF"), fill=_fill(_NAVY)),
        NamedStyle("tip subtitle", font=Font(name=_FONT, size=10, color="FFFFFF"), fill=_fill(_NAVY)),
        NamedStyle("tip heading", font=bold, fill=_fill(_PALE), border=_BOX, alignment=_TOP),
        NamedStyle("tip label", font=bold, fill=_fill(_PALE), border=_BOX, alignment=_TOP),
        NamedStyle("tip help", font=small, alignment=_TOP),
        NamedStyle("tip locked", font=ink, fill=_fill(_GREY), border=_BOX, alignment=_TOP),
        NamedStyle("tip note", font=ink, alignment=_TOP),
        NamedStyle("tip high", font=ink, fill=_fill(_SAND), border=_BOX, alignment=_TOP),
        NamedStyle("tip urgent", font=bold, fill=_fill(_SAND), border=_BOX, alignment=_TOP),
    ]
    for name, number_format in (("tip input", "@"), ("tip count", "0"), ("tip day", "yyyy-mm-dd")):
        style = NamedStyle(name, font=ink, border=_BOX, alignment=_TOP, number_format=number_format)
        style.protection = Protection(locked=False)
        styles.append(style)
    for style in styles:
        book.add_named_style(style)


def lay_out(page: Worksheet, sheet: Sheet) -> None:
    """Widths, frozen headings, a printed page that fits, and protection that leaves formats to the reader."""
    columns = len(sheet.fields) if sheet.shape == "table" else 3
    for column in range(1, columns + 1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = sheet.fields[column - 1].width if sheet.shape == "table" else 28
        for row in (1, 2):
            page[f"{letter}{row}"].style = "tip title" if row == 1 else "tip subtitle"
    if sheet.shape == "page":
        page.column_dimensions["B"].width, page.column_dimensions["C"].width = 70, 60
        for row, field in enumerate(sheet.fields, FIRST):
            page.row_dimensions[row].height = 110 if field.kind in ("long text", "lines") else 24
    else:
        page.row_dimensions[HEADINGS].height, page.row_dimensions[HELP].height = 32, 38
        page.freeze_panes = f"D{FIRST}" if sheet.path == "items" else f"B{FIRST}"
        page.page_setup.fitToWidth = 1 if len(sheet.fields) < 12 else 2
        page.print_title_rows = f"{HEADINGS}:{HEADINGS}"
    _stretch_rows(page, sheet)
    page.row_dimensions[1].height, page.row_dimensions[2].height = 28, 20
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddHeader.center.text = page.oddFooter.center.text = MARKING
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False


def _stretch_rows(page: Worksheet, sheet: Sheet) -> None:
    """Heights for the texts that stand in the book already; a spreadsheet does not work them out on opening."""
    column = 3 if sheet.path == "items" else 2
    width = page.column_dimensions[get_column_letter(column)].width
    top = FIRST if sheet.shape == "table" else FIRST + len(sheet.fields)
    for row in range(top, page.max_row + 1):
        text = str(page.cell(row, column).value or "")
        page.row_dimensions[row].height = max(20, 15 * math.ceil(len(text) * 1.12 / width) + 5)


def guard_input(page: Worksheet, cells: str, field: Field, choices: Sequence[str]) -> None:
    """Help that shows when a cell is chosen, and for lists, counts and days a check of what is typed."""
    match field.kind:
        case "choice" | "yes" | "locked":
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        case "count":
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        case "day":
            rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
        case _:
            rule = DataValidation(type=None, allow_blank=True)
    rule.promptTitle, rule.prompt, rule.showInputMessage = field.heading[:32], field.help[:250], True
    rule.errorTitle, rule.error, rule.showErrorMessage = field.heading[:32], _error(field, choices), True
    rule.add(cells)
    page.add_data_validation(rule)


def _error(field: Field, choices: Sequence[str]) -> str:
    if choices:
        return f"Choose one of: {', '.join(choices)}."[:250]
    return {"count": "Write a whole number in digits, or leave it empty if it is not known."}.get(
        field.kind, field.help
    )


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color)
