"""One scheme for the numbers of cables, in all the forms in which they are written."""

from __future__ import annotations

import pytest

from tipcycle.cables.reference import archive_name, format_number, leading_number, parse_number
from tipcycle.model.cable import CableNumber


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("09STATE97909", CableNumber(2009, "STATE", 97909)),
        ("STATE 097909", CableNumber(None, "STATE", 97909)),
        ("2009 STATE 62182", CableNumber(2009, "STATE", 62182)),
        ("2009 STATE 005577", CableNumber(2009, "STATE", 5577)),
        ("09 STATE 5577", CableNumber(2009, "STATE", 5577)),
        ("  2009   STATE\n 5577 ", CableNumber(2009, "STATE", 5577)),
        ("73PARIS1", CableNumber(1973, "PARIS", 1)),
        ("72PARIS1", CableNumber(2072, "PARIS", 1)),
        ("2009 USUN NEW YORK 818", CableNumber(2009, "USUN NEW YORK", 818)),
    ],
)
def test_every_form_of_a_number_is_one_scheme(text: str, number: CableNumber) -> None:
    assert parse_number(text) == number
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize("text", ["", "STATE", "97909", "2009", "state 97909", "STATE 97909 and more", "9STATE1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_a_number_is_written_without_padding_and_a_missing_year_stays_missing() -> None:
    assert format_number(CableNumber(2009, "STATE", 5577)) == "2009 STATE 5577"
    assert format_number(CableNumber(None, "STATE", 5577)) == "STATE 5577"
    assert archive_name(CableNumber(2009, "STATE", 97909)) == "09STATE97909"


def test_a_number_is_told_apart_from_the_title_behind_it() -> None:
    assert leading_number("2009 STATE 5577 (THE LAW)") == (CableNumber(2009, "STATE", 5577), "(THE LAW)")
    assert leading_number("LETTER OF MAY") is None
