"""The workbook that goes out: pre-filled, guarded, locked, and the same for the same country."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.utils import column_index_from_string

from tests.workbooks import KEY, blank, cycle, opened
from tipcycle.model.plain_text import harmless
from tipcycle.model.workbook import IDENTITY, SHEETS, Identity
from tipcycle.operations.make_workbook import workbook_form
from tipcycle.rendering.workbook import make_workbook


def test_recommendations_stand_in_it_with_the_high_priority_ones_first() -> None:
    page = opened()["Recommendations"]

    plan = cycle().config.plans["AZE"]
    ids = [page.cell(row, 1).value for row in range(5, 5 + len(plan.recommendations))]
    assert ids[:5] == [item.id for item in plan.high_priority]
    assert sorted(ids) == sorted(item.id for item in plan.recommendations)
    assert [page.cell(row, 2).value for row in range(5, 10)] == ["High priority"] * 5


def test_only_cells_to_fill_in_are_unlocked_and_every_sheet_is_protected() -> None:
    book = opened()

    assert book.security.lockStructure
    assert all(page.protection.sheet for page in book.worksheets)
    page = book["Recommendations"]
    open_cells = {cell.column_letter for row in page["A5:J9"] for cell in row if not cell.protection.locked}
    assert open_cells == set("DEFGHIJ")
    assert all(cell.protection.locked for row in page["A1:J4"] for cell in row)


def test_each_cell_to_fill_in_has_help_and_lists_offer_their_words() -> None:
    book = opened()

    for sheet in SHEETS["progress-report"]:
        rules = book[sheet.title].data_validations.dataValidation
        assert len(rules) == sum(bool(field.path) for field in sheet.fields)
        assert all(rule.prompt and rule.showInputMessage for rule in rules)
        lists = [rule.formula1 for rule in rules if rule.type == "list"]
        assert all(len(words) <= 257 for words in lists), "a spreadsheet allows 255 characters and the quotes"
    assert '"implemented,partly,begun,not begun,reversed"' in [
        rule.formula1 for rule in book["Recommendations"].data_validations.dataValidation
    ]


def test_its_identity_is_hidden_and_signed() -> None:
    page = opened()[IDENTITY]

    assert page.sheet_state == "veryHidden"
    lines = [str(page.cell(row, 1).value) for row in range(1, 8)]
    assert lines[:5] == ["workbook/1", "2010", "progress-report", "AZE", "Baku"]
    assert len(lines[6]) == 64


def test_a_plan_that_is_made_up_is_marked_in_every_sheet() -> None:
    book = opened("SEN")

    assert all("EXAMPLE DATA" in str(page["A2"].value) for page in book.worksheets if page.title != IDENTITY)
    assert "EXAMPLE DATA" not in str(opened()["Answer"]["A2"].value)


def test_equal_forms_give_equal_bytes() -> None:
    assert blank() == blank()
    assert blank() != blank("SEN")


@pytest.mark.parametrize("step", ["demarche", "progress-report", "annual-submission"])
def test_it_holds_no_formula_no_macro_and_no_link(step: str) -> None:
    with zipfile.ZipFile(io.BytesIO(blank(step=step))) as package:
        names = package.namelist()
        sheets = b"".join(package.read(name) for name in names if name.startswith("xl/worksheets/"))

    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in sheets
    assert b"mergeCell" not in sheets


def test_a_country_without_a_plan_gets_a_book_without_recommendations() -> None:
    without = next(iso3 for iso3 in cycle().config.countries if iso3 not in cycle().config.plans)

    assert opened(without, "annual-submission").sheetnames == ["Answer", "Standards", "Statistics", IDENTITY]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t"])
def test_what_a_spreadsheet_would_run_is_written_as_text(lead: str) -> None:
    config = cycle().config
    item = config.plans["AZE"].recommendations[0]
    hostile = config.plans["AZE"].model_copy(
        update={"recommendations": (item.model_copy(update={"text": f"{lead}cmd|' /C calc'!A0"}),)}
    )
    form = workbook_form(cycle(), "AZE", "progress-report")
    made = make_workbook(type(form)(**{**vars(form), "plan": hostile}), key=KEY)

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"<f>" not in b"".join(package.read(name) for name in package.namelist())
    assert harmless("=1") == "'=1"
    assert harmless("a=1") == "a=1"


def test_the_letters_of_a_table_are_enough_for_its_columns() -> None:
    widest = max(len(sheet.fields) for sheets in SHEETS.values() for sheet in sheets)

    assert widest <= column_index_from_string("Z")


def test_the_signed_text_has_one_line_for_each_part() -> None:
    assert Identity(2010, "demarche", "AZE", "Ba\nku", "").signed_text.count("\n") == 5
