"""What an answer form may say, and how it is told what is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipcycle.intake.read_short_answer import LONGEST_NOTE, Fault, Said, read_short_answer

TODAY, PLANNED = date(2009, 11, 10), date(2009, 11, 15)


def read(**fields: str) -> Said | Fault:
    return read_short_answer(fields, today=TODAY, planned_on=PLANNED)


@pytest.mark.parametrize(
    ("answer", "days", "told"),
    [
        pytest.param("will_report", -1, "over already", id="yesterday"),
        pytest.param("will_report", 0, "", id="today"),
        pytest.param("will_report", 1, "", id="tomorrow"),
        pytest.param("will_report", 366, "", id="in a year"),
        pytest.param("will_report", 367, "more than a year", id="in a year and a day"),
        pytest.param("extension", 5, "due on Sun 15 Nov 2009 anyway", id="more time, to the very deadline"),
        pytest.param("extension", 6, "", id="more time, by a day"),
    ],
)
def test_a_day_lies_between_today_and_a_year_on(answer: str, days: int, told: str) -> None:
    on = TODAY + timedelta(days=days)

    found = read(answer=answer, report_on=on.isoformat())

    if told:
        assert isinstance(found, Fault)
        assert (found.answer, found.field) == (answer, "report_on")
        assert told in found.told
    else:
        assert found == Said(answer, on, "")  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["", " ", "soon", "27.11.2009", "2009-11-31", "2009-W47-5x"])
def test_what_is_no_day_is_told_with_an_example(typed: str) -> None:
    found = read(answer="will_report", report_on=typed)

    assert isinstance(found, Fault)
    assert "2009-11-27" in found.told


def test_an_answer_that_names_no_day_ignores_one() -> None:
    assert read(answer="received", report_on="rubbish") == Said("received", None, "")


@pytest.mark.parametrize("answer", ["", "Received", "received ", "waived", "-1"])
def test_an_unknown_answer_is_a_fault(answer: str) -> None:
    assert isinstance(read(answer=answer), Fault)


def test_a_note_is_one_line_of_printable_text() -> None:
    assert read(answer="wrong_office", note=" ask\r\n\tthe \x1b[2J\u202econsul \0 ") == Said(
        "wrong_office", None, "ask the [2J consul"
    )


@pytest.mark.parametrize(("length", "kept"), [(LONGEST_NOTE, True), (LONGEST_NOTE + 1, False)])
def test_a_note_has_a_length(length: int, *, kept: bool) -> None:
    assert isinstance(read(answer="received", note="x" * length), Said) is kept


@given(st.dictionaries(st.sampled_from(["answer", "report_on", "note"]), st.text()))
def test_no_form_whatever_makes_it_fail(fields: dict[str, str]) -> None:
    assert isinstance(read(**fields), (Said, Fault))
