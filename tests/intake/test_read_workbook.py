"""A filled workbook comes back as the answer that it is, and every fault names its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from tests.submissions.test_rules import FACTS
from tests.workbooks import ANSWERED, KEY, LIMIT, blank, filled, opened, read, saved, with_shared_strings
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.workbook import IDENTITY
from tipcycle.submissions.gate import content_hash, judge


def gated(found: Read) -> dict[str, str]:
    """Where each code of the gate stands."""
    assert found.submission is not None, found.findings
    return {one.code: one.where for one in found.placed(judge(found.submission, FACTS).findings)}


def test_a_filled_workbook_passes_the_gate() -> None:
    found = read(filled())

    assert found.submission is not None
    assert judge(found.submission, FACTS).findings == ()
    assert found.plan_version == (FACTS.plan.version if FACTS.plan else "")


def test_the_same_answer_in_a_workbook_and_in_yaml_is_one_answer() -> None:
    found = read(filled()).submission
    assert found is not None

    form = yaml.safe_dump(found.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    in_yaml = read_content(f"{form}...\n".encode(), name="a.yaml", max_bytes=LIMIT).submission

    assert in_yaml is not None
    assert content_hash(in_yaml) == content_hash(found)


def test_a_book_as_a_spreadsheet_saves_it_is_read_as_the_same() -> None:
    ours, theirs = read(filled()).submission, read(with_shared_strings(filled())).submission

    assert ours is not None
    assert theirs == ours


def test_every_column_comes_back() -> None:
    sentences = {
        "Statistics!A9": "sentences",
        "Statistics!B9": "not comparable",
        "Statistics!C9": date(2009, 4, 1),
        "Statistics!D9": "2009-12-31",
        "Statistics!E9": 6,
        "Statistics!H9": "specific evidence",
        "Statistics!J9": "wiretaps (made up)",
        "Statistics!K9": "High Court (made up)",
        "Statistics!M9": "verdicts",
        "Statistics!N9": "High Court (made up)",
        "Statistics!O9": 5,
        "Statistics!P9": "no",
        "Statistics!Q9": "another court counts",
        "Statistics!S9": "made up",
        "Statistics!T9": 4,
        "Statistics!U9": "36, 60",
        "Statistics!V9": 1,
        "Statistics!W9": 1,
        "Statistics!X9": 0,
        "Statistics!Y9": "2",
        "Statistics!Z9": 1,
        "Statistics!A10": "convictions",
        "Statistics!B10": "not provided",
        "Statistics!C10": date(2009, 4, 1),
        "Statistics!D10": date(2009, 10, 31),
        "Statistics!R10": "yes",
    }
    item = {
        "Recommendations!D7": "implemented",
        "Recommendations!E7": "Made up.",
        "Recommendations!F7": "other",
        "Recommendations!G7": "The ministry pays the staff.",
        "Recommendations!H7": 12,
        "Recommendations!I7": date(2009, 9, 1),
        "Recommendations!J7": date(2009, 10, 1),
        "Recommendations!A20": "POST1",
        "Recommendations!D20": "begun",
    }

    found = read(filled({**ANSWERED, **sentences, **item, "Answer!B7": "Remarks (made up)."})).submission

    assert found is not None
    _, last, missing = found.statistics
    assert last.sentences is not None
    assert last.sentences.model_dump() == {
        "prison": 4,
        "prison_months": (36, 60),
        "life": 1,
        "suspended": 1,
        "probation": 0,
        "fine": 2,
        "seizure": 1,
    }
    assert (last.last_year, last.comparable, last.authority, last.period_reason) == (
        5,
        "no",
        "High Court (made up)",
        "made up",
    )
    assert (missing.status, missing.could_provide, missing.total) == ("not provided", "yes", None)
    third = found.items[2]
    assert (third.by, third.evidence, third.since, third.done_on) == (
        "other",
        "12",
        date(2009, 9, 1),
        date(2009, 10, 1),
    )
    assert (found.items[-1].id, found.remarks) == ("POST1", "Remarks (made up).")


def test_a_report_on_a_demarche_comes_back() -> None:
    cells = {
        "Answer!B5": "baku.action-officer",
        "Demarche!B5": date(2009, 10, 1),
        "Demarche!B6": "deputy minister",
        "Demarche!B7": "Deputy Minister of Justice\nDirector, Ministry of the Interior\n",
        "Demarche!B8": "Noted (made up).",
        "Added!A5": "POST1",
        "Added!B5": "protection",
        "Added!C5": "Open a second shelter (made up).",
    }

    found = read(filled(cells, step="demarche"))

    assert found.submission is not None
    made = found.submission.demarche
    assert made is not None
    assert made.officials == ("Deputy Minister of Justice", "Director, Ministry of the Interior")
    assert [one.id for one in made.recommendations_added] == ["POST1"]
    assert judge(found.submission, FACTS).findings == ()


def test_nothing_to_report_is_attested_by_one_cell() -> None:
    found = read(filled({"Answer!B5": "baku.action-officer", "Answer!B6": "yes"}))

    assert found.submission is not None
    assert judge(found.submission, FACTS).findings == ()
    assert found.submission.nothing_to_report


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        pytest.param({"Recommendations!D5": None, "Recommendations!E5": None}, "item.unanswered", "D5", id="left open"),
        pytest.param({"Recommendations!F5": "other"}, "effort.no_government_role", "G5", id="work by others"),
        pytest.param({"Statistics!A6": "arrests"}, "statistic.category", "A6", id="no category"),
        pytest.param({"Statistics!M6": "indictments"}, "statistic.host_term_uninterpreted", "N6", id="a host term"),
        pytest.param({"Statistics!E6": 11}, "statistic.subset_exceeds_total", "E6", id="subsets too large"),
        pytest.param({"Statistics!H6": None}, "statistic.basis_missing", "H6", id="no basis"),
        pytest.param({"Statistics!D6": date(2010, 4, 1)}, "statistic.period", "C6", id="another period"),
        pytest.param({"Statistics!Y6": 1}, "statistic.sentences_do_not_fit", "T6", id="sentences elsewhere"),
        pytest.param({"Answer!B6": "yes"}, "nil.not_empty", "B6", id="nil and not nil"),
    ],
)
def test_the_gate_speaks_of_cells(cells: dict[str, Any], code: str, where: str) -> None:
    told = gated(read(filled(ANSWERED | cells)))

    assert told[code].endswith(f"!{where}")
    assert told[code].partition("!")[0] in ("Answer", "Recommendations", "Statistics")


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        pytest.param({"Statistics!E6": -1}, "Statistics!E6", id="a negative count"),
        pytest.param({"Statistics!E6": 1.5}, "Statistics!E6", id="half a case"),
        pytest.param({"Statistics!E6": "1,000"}, "Statistics!E6", id="a thousands separator"),
        pytest.param({"Statistics!E6": "1 000"}, "Statistics!E6", id="a space in a number"),
        pytest.param({"Statistics!E6": "about 12"}, "Statistics!E6", id="an estimate"),
        pytest.param({"Statistics!E6": "\u0661\u0662"}, "Statistics!E6", id="digits of another script"),
        pytest.param({"Statistics!E6": True}, "Statistics!E6", id="a truth value"),
        pytest.param({"Statistics!E6": 10**12}, "Statistics!E6", id="more than there are people"),
        pytest.param({"Statistics!D6": "31.10.2009"}, "Statistics!D6", id="a day in another order"),
        pytest.param({"Statistics!D6": "2009-10-31, 2008-10-31"}, "Statistics!D6", id="two days"),
        pytest.param({"Statistics!D6": 0.5}, "Statistics!D6", id="half a day"),
        pytest.param({"Statistics!D6": 1e9}, "Statistics!D6", id="a day in the far future"),
        pytest.param({"Statistics!D6": "2009-02-30"}, "Statistics!D6", id="no day"),
        pytest.param({"Statistics!D6": None}, "Statistics!D6", id="no end"),
        pytest.param({"Statistics!D6": date(2009, 3, 1)}, "Statistics!C6", id="an end before the start"),
        pytest.param({"Statistics!U6": "36 and a half"}, "Statistics!U6", id="lengths in words"),
        pytest.param({"Statistics!B6": "known"}, "Statistics!B6", id="no status"),
        pytest.param({"Statistics!B6": None}, "Statistics!B6", id="a figure without a status"),
        pytest.param({"Recommendations!D5": "done"}, "Recommendations!D5", id="another status"),
        pytest.param({"Recommendations!D5": None}, "Recommendations!D5", id="a narrative without a status"),
        pytest.param({"Recommendations!F5": "NGO"}, "Recommendations!F5", id="neither government nor other"),
        pytest.param({"Recommendations!E5": "a\u202eb"}, "Recommendations!E5", id="text turned round"),
        pytest.param({"Recommendations!E5": " @SUM(A1)"}, "Recommendations!E5", id="text that would run"),
        pytest.param({"Answer!B6": "maybe"}, "Answer!B6", id="neither yes nor no"),
        pytest.param({"Answer!B5": None}, "Answer!B5", id="nobody"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_at_that_cell(cells: dict[str, Any], where: str) -> None:
    found = read(filled(ANSWERED | cells))

    assert found.submission is None
    assert [(one.code, one.where) for one in found.findings] == [("file.field", where)]
    assert all(one.message and one.remedy and one.source for one in found.findings)


def test_every_fault_is_told_at_once() -> None:
    found = read(filled(ANSWERED | {"Statistics!E6": "many", "Statistics!F6": "few", "Answer!B6": "maybe"}))

    assert [one.where for one in found.findings] == ["Answer!B6", "Statistics!E6", "Statistics!F6"]


def _formula(book: Workbook) -> None:
    book["Statistics"]["E6"].value = "=6+6"


def _merged(book: Workbook) -> None:
    book["Statistics"].merge_cells("E6:F6")


def _moved(book: Workbook) -> None:
    book["Statistics"].insert_cols(2)


def _another_sheet(book: Workbook) -> None:
    book.create_sheet("Notes")["A1"] = "More figures"


def _no_identity(book: Workbook) -> None:
    del book[IDENTITY]


def _other_country(book: Workbook) -> None:
    book[IDENTITY]["A4"].value = "UKR"


def _identity_of(iso3: str) -> Callable[[Workbook], None]:
    def put(book: Workbook) -> None:
        for row in range(1, 8):
            book[IDENTITY].cell(row, 1).value = opened(iso3)[IDENTITY].cell(row, 1).value

    return put


def _changed_recommendation(book: Workbook) -> None:
    book["Recommendations"]["C5"].value = "Do nothing at all, please."


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        pytest.param(_formula, "file.formula", "Statistics!E6", id="a formula"),
        pytest.param(_merged, "file.layout", "Statistics!E6:F6", id="merged cells"),
        pytest.param(_moved, "file.layout", "Statistics!B3", id="a moved column"),
        pytest.param(_another_sheet, "file.layout", "Notes", id="a sheet that would not be read"),
        pytest.param(_no_identity, "file.identity", IDENTITY, id="no identity"),
        pytest.param(_other_country, "file.identity", f"{IDENTITY}!A7", id="another country typed in"),
        pytest.param(_identity_of("UKR"), "file.identity", "Recommendations!A5:C", id="the identity of another book"),
        pytest.param(_changed_recommendation, "file.identity", "Recommendations!A5:C", id="another recommendation"),
    ],
)
def test_a_changed_book_is_refused_with_place_and_remedy(
    change: Callable[[Workbook], None], code: str, where: str
) -> None:
    book = opened()
    change(book)

    found = read(saved(book))

    assert found.submission is None
    (finding,) = found.findings
    assert finding.code == code
    assert finding.where.startswith(where)
    assert finding.remedy


@pytest.mark.parametrize("key", [b"", b"another key"])
def test_a_book_that_this_installation_did_not_sign_is_refused(key: bytes) -> None:
    assert [one.code for one in read(blank(), key=key).findings] == ["file.identity"]
    assert [one.code for one in read(blank(key=b"another"), key=KEY).findings] == ["file.identity"]
