"""A workbook as a post fills it in: cells by name, typed into the book that we made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.builders import config
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.submission import SubmissionStep
from tipcycle.operations.context import Context, context
from tipcycle.operations.make_workbook import workbook_form
from tipcycle.rendering.workbook import make_workbook

KEY = b"a key of these tests"
LIMIT = 1_000_000

# A whole progress report of Azerbaijan (made up): every high-priority item, one figure.
ANSWERED: dict[str, Any] = {
    "Answer!B5": "baku.action-officer",
    "Recommendations!D5": "begun",
    "Recommendations!E5": "Made up: in use in two regions.",
    "Recommendations!D6": "not begun",
    "Recommendations!D7": "not begun",
    "Recommendations!D8": "not begun",
    "Recommendations!D9": "not begun",
    "Statistics!B6": "provided",
    "Statistics!D6": date(2009, 10, 31),
    "Statistics!E6": 12,
    "Statistics!F6": 3,
    "Statistics!G6": 9,
    "Statistics!H6": "explicit offence",
    "Statistics!I6": "Criminal Code, article on trafficking (made up)",
    "Statistics!L6": "Prosecutor General (made up)",
}


def cycle() -> Context:
    """The real context of cycle 2010."""
    return context(config().report_year)


def blank(iso3: str = "AZE", step: SubmissionStep = "progress-report", *, key: bytes = KEY) -> bytes:
    """The workbook as it goes out."""
    return make_workbook(workbook_form(cycle(), iso3, step), key=key)


def opened(iso3: str = "AZE", step: SubmissionStep = "progress-report") -> Workbook:
    """The same, to be changed."""
    return load_workbook(io.BytesIO(blank(iso3, step)))


def saved(book: Workbook) -> bytes:
    """The bytes of a book."""
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def filled(
    cells: Mapping[str, Any] = ANSWERED, *, iso3: str = "AZE", step: SubmissionStep = "progress-report"
) -> bytes:
    """A workbook with values typed into cells, `None` to empty one."""
    book = opened(iso3, step)
    for place, value in cells.items():
        title, _, cell = place.partition("!")
        book[title][cell].value = value
    return saved(book)


def read(raw: bytes, *, key: bytes = KEY) -> Read:
    """What the one door makes of it."""
    return read_content(raw, name="answer.xlsx", max_bytes=LIMIT, key=key)
