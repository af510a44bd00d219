"""How does a country's workbook look? Pre-filled, with drop-downs and help, locked but for the cells to fill in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tipcycle.model.plain_text import harmless
from tipcycle.model.plan import ActionPlan
from tipcycle.model.signature import sign
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.workbook import (
    ANSWER,
    FIRST,
    HEADINGS,
    HELP,
    IDENTITY,
    ITEMS,
    SHEETS,
    STANDARDS,
    STATISTICS,
    Field,
    Identity,
    Sheet,
)
from tipcycle.rendering.fill_workbook import fill_workbook
from tipcycle.rendering.workbook_style import MARKING, add_styles, guard_input, lay_out

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip file can tell
_CREATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Form:
    """What a workbook is made from: `positions` may submit it, `due` is told in words, `plan` is None without one.

    `period` fills From and To of the figures; To stays open while the period runs. `standards` are the minimum
    standards and indicia that are asked, by number. `answers` are fields of the form, as in YAML, that are known
    already.
    """

    identity: Identity
    country: str
    what: str
    due: str
    plan: ActionPlan | None
    positions: Sequence[str]
    period: tuple[date, date | None]
    answers: Mapping[str, Any] | None = None
    standards: Mapping[str, str] | None = None


def make_workbook(form: Form, *, key: bytes) -> bytes:
    """The .xlsx file; equal forms and keys give equal bytes."""
    book = Workbook()
    book.remove(book.active)
    add_styles(book)
    for sheet in SHEETS[form.identity.step]:
        if sheet is not ITEMS or form.plan:
            _fill(book.create_sheet(sheet.title), sheet, form)
    fill_workbook(book, SHEETS[form.identity.step], form.answers or {})
    _add_identity(book, form.identity, key)
    book.security.lockStructure = True
    return _packed(book)


def _fill(page: Worksheet, sheet: Sheet, form: Form) -> None:
    _put(page, "A1", f"{form.country}: {form.what}", "tip title")
    told = f"{MARKING} · Report of {form.identity.report_year} · {form.identity.post} · due {form.due}"
    if form.plan and form.plan.example:
        told += " · EXAMPLE DATA: these recommendations are made up"
    _put(page, "A2", told, "tip subtitle")
    if sheet.shape == "page":
        _fill_page(page, sheet, form)
    else:
        _fill_table(page, sheet, form)
    lay_out(page, sheet)


def _fill_page(page: Worksheet, sheet: Sheet, form: Form) -> None:
    for row, field in enumerate(sheet.fields, FIRST):
        _put(page, f"A{row}", field.heading, "tip label")
        _open_cell(page, f"B{row}", field, form)
        _put(page, f"C{row}", field.help, "tip help")
    if sheet is ANSWER:
        below = FIRST + len(sheet.fields) + 1
        _put(page, f"A{below}", "How to answer", "tip label")
        for row, line in enumerate(_how_to(form), below):
            _put(page, f"B{row}", line, "tip note")


def _fill_table(page: Worksheet, sheet: Sheet, form: Form) -> None:
    for column, field in enumerate(sheet.fields, 1):
        letter = get_column_letter(column)
        _put(page, f"{letter}{HEADINGS}", field.heading, "tip heading")
        _put(page, f"{letter}{HELP}", field.help, "tip help")
    given = _given(sheet, form)
    last = FIRST + len(given) + sheet.spare_rows - 1
    for row in range(FIRST, last + 1):
        known = given[row - FIRST] if row - FIRST < len(given) else {}
        for column, field in enumerate(sheet.fields, 1):
            cell = f"{get_column_letter(column)}{row}"
            if field.kind == "locked" and known:
                _put(page, cell, known[field.heading], _locked_style(field, known))
            elif field.kind == "locked" and not field.path:
                _put(page, cell, "", "tip locked")
            else:
                page[cell].style = _style(field)
                if field.heading in known:
                    page[cell].value = known[field.heading]
    for column, field in enumerate(sheet.fields, 1):
        letter = get_column_letter(column)
        top = FIRST + len(given) if field.kind == "locked" else FIRST
        if field.path and top <= last:
            guard_input(page, f"{letter}{top}:{letter}{last}", field, _choices(field, form))


def _locked_style(field: Field, known: Mapping[str, str | date | None]) -> str:
    if known.get("Priority") != "High priority":
        return "tip locked"
    return "tip urgent" if field.path else "tip high"


def _how_to(form: Form) -> list[str]:
    counts = "; ".join(f"{name}: {what}" for name, what in CATEGORIES.items())
    lines = [
        "White cells are yours; the others are locked. Save the book as .xlsx, without macros or formulas, and send it "
        "back whole: a hidden sheet says what it answers.",
        "A part that you leave empty is not answered yet. Send the book again when you know more; nothing is lost.",
    ]
    if form.identity.step == "demarche":
        return [*lines, "Name positions, never persons."]
    if form.standards:
        lines += [
            'Standards: choose for each whether it is met, and say what the government did. "Not known" is an answer.',
            "Recommendations of the action request, where there was one: say here what is new about them.",
        ]
    else:
        lines.append('Recommendations: choose a status for each high-priority item first. "Not begun" is an answer.')
    return [
        *lines,
        f"Statistics: {counts}.",
        "A term of the government's own, such as indictments or cases disposed of, has to be read into one of these; "
        "say who did it.",
        "Figures on prostitution or smuggling, or others that are only trafficking-related, cannot be used.",
        'An unknown figure is never 0: choose "not provided", and leave the numbers empty.',
    ]


def _given(sheet: Sheet, form: Form) -> list[Mapping[str, str | date | None]]:
    """What is filled in already, row by row, by heading."""
    if sheet is STATISTICS:
        start, end = form.period
        return [{"Category": category, "From": start, "To": end} for category in CATEGORIES]
    if sheet is STANDARDS:
        asked = form.standards or {}
        return [{"No.": number, sheet.fields[1].heading: harmless(text)} for number, text in asked.items()]
    if sheet is not ITEMS or form.plan is None:
        return []
    ordered = sorted(form.plan.recommendations, key=lambda item: not item.high_priority)
    return [
        {
            "No.": item.id,
            "Priority": "High priority" if item.high_priority else f"Further: {item.pillar}",
            "Recommendation": harmless(" ".join(item.text.split())),
        }
        for item in ordered
    ]


def _open_cell(page: Worksheet, cell: str, field: Field, form: Form) -> None:
    page[cell].style = _style(field)
    guard_input(page, cell, field, _choices(field, form))


def _choices(field: Field, form: Form) -> Sequence[str]:
    return form.positions if field.path == "submitted_by" else field.choices


def _style(field: Field) -> str:
    return {"count": "tip count", "day": "tip day"}.get(field.kind, "tip input")


def _put(page: Worksheet, cell: str, text: str | date | None, style: str) -> None:
    page[cell].value = text
    page[cell].style = style


def _add_identity(book: Workbook, identity: Identity, key: bytes) -> None:
    page = book.create_sheet(IDENTITY)
    for row in (*identity.signed_text.split("\n"), sign(identity.signed_text, key)):
        page.append([row])
    page.sheet_state = "veryHidden"
    page.protection.sheet = True


def _packed(book: Workbook) -> bytes:
    """The book without the clock in it: openpyxl stamps the file and each of its parts."""
    raw, packed = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as read, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            part = _CREATED.sub(rb"\g<1>2009-01-01T00:00:00Z", read.read(name))
            write.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
