"""A one-time code signs one deed of one position, once and within the hour; anything else is told apart in words."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import utc
from tipcycle.model.signing_code import (
    GOOD_FOR,
    MOST_TRIES,
    Deed,
    Refusal,
    SigningCode,
    deed_of,
    issue,
    judge_code,
    write_code,
)

KEY = b"key"
AT = utc("2010-01-11 15:00")
OVER = AT + GOOD_FOR


def deed(**changed: Any) -> Deed:
    values: dict[str, Any] = {
        "report_year": 2010,
        "act": "clear",
        "position": "eur.bureau",
        "what": "clear 2 action requests",
        "decided": ["cleared", "eur.bureau", "", [["document:2010:action-request:AZE", "ab12"]]],
    }
    return deed_of(**(values | changed))


DEED = deed()
ISSUED = issue(DEED, number=7, way="mailed", at=AT)
CODE = write_code(ISSUED, KEY)


def judged(given: str = CODE, *known: SigningCode, of: Deed = DEED, at: Any = AT) -> SigningCode | Refusal:
    return judge_code(given, of, known or (ISSUED,), key=KEY, at=at)


def why(found: SigningCode | Refusal) -> str | None:
    return found.why if isinstance(found, Refusal) else None


def test_a_code_is_spelt_in_three_groups_and_is_the_same_whenever_it_is_asked_for() -> None:
    assert CODE == "1SAM-6ZPS-1KTS"
    assert write_code(replace(ISSUED, tries=3, spent_at=AT), KEY) == CODE


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(CODE, id="as it was mailed"),
        pytest.param(CODE.lower(), id="in small letters"),
        pytest.param(f"  {CODE.replace('-', ' ')}\n", id="with spaces, from a box of several lines"),
        pytest.param(CODE.replace("-", ""), id="without hyphens"),
    ],
)
def test_a_code_may_be_copied_carelessly(given: str) -> None:
    assert judged(given) == ISSUED


def test_letters_that_are_read_for_digits_count_as_these() -> None:
    numbers = (issue(DEED, number=number, way="mailed", at=AT) for number in range(1, 200))
    one = next(one for one in numbers if {"0", "1"} <= set(write_code(one, KEY)))

    assert judged(write_code(one, KEY).replace("0", "O").replace("1", "l"), one) == one


@pytest.mark.parametrize(
    ("seconds", "refused"),
    [
        pytest.param(-1, None, id="the second before its hour is over"),
        pytest.param(0, "expired", id="at that moment"),
        pytest.param(1, "expired", id="the second after"),
        pytest.param(86_400, "expired", id="the day after"),
    ],
)
def test_a_code_is_good_for_an_hour(seconds: int, refused: str | None) -> None:
    assert why(judged(at=OVER + timedelta(seconds=seconds))) == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        pytest.param({}, None, id="the same"),
        pytest.param({"what": "told otherwise", "lines": ["a line"]}, None, id="the same, told otherwise"),
        pytest.param({"decided": ["returned", "eur.bureau", "", []]}, "changed", id="another decision"),
        pytest.param(
            {"decided": ["cleared", "eur.bureau", "", [["document:2010:action-request:AZE", "cd34"]]]},
            "changed",
            id="another text",
        ),
        pytest.param({"position": "af.bureau"}, "foreign", id="another position"),
        pytest.param({"act": "release"}, "foreign", id="another act"),
        pytest.param({"report_year": 2011}, "foreign", id="another cycle"),
    ],
)
def test_a_code_fits_one_deed(changed: dict[str, Any], refused: str | None) -> None:
    assert why(judged(of=deed(**changed))) == refused


@pytest.mark.parametrize(
    ("known", "refused"),
    [
        pytest.param(replace(ISSUED, spent_at=AT), "spent", id="spent"),
        pytest.param(replace(ISSUED, tries=MOST_TRIES - 1), None, id="four wrong tries"),
        pytest.param(replace(ISSUED, tries=MOST_TRIES), "void", id="five wrong tries"),
    ],
)
def test_a_code_signs_once_and_not_after_five_wrong_tries(known: SigningCode, refused: str | None) -> None:
    assert why(judged(CODE, known)) == refused
    assert known.is_open(AT) == (refused is None)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("", id="nothing"),
        pytest.param(CODE[:-1], id="cut short"),
        pytest.param(f"{CODE}{CODE}", id="twice over"),
        pytest.param("ä" * 12, id="no ASCII"),
        pytest.param("\ud800" * 12, id="half characters"),
        pytest.param("A" * 100_000, id="far too long"),
        pytest.param(write_code(ISSUED, b"another key"), id="made with another key"),
        pytest.param(write_code(replace(ISSUED, number=8), KEY), id="of a number that was never issued"),
        pytest.param(write_code(replace(ISSUED, position="af.bureau"), KEY), id="of a row that was tampered with"),
    ],
)
def test_what_we_did_not_issue_is_wrong(given: str) -> None:
    assert why(judged(given)) == "wrong"


def test_ten_thousand_guesses_do_not_hit() -> None:
    chance = random.Random(7)
    guesses = ("".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=12)) for _ in range(10_000))

    assert {why(judged(guess)) for guess in guesses} == {"wrong"}


@pytest.mark.parametrize(
    ("tries", "told"),
    [
        (0, "after 4 more wrong tries those out are void"),
        (3, "after 1 more wrong try those out are void"),
        (4, "5 wrong codes were tried, so the codes that were out are void"),
        (5, "none is out for eur.bureau to clear 2 action requests"),
    ],
)
def test_a_wrong_code_says_how_many_tries_are_left(tries: int, told: str) -> None:
    found = judged("0000-0000-0000", replace(ISSUED, tries=tries))

    assert isinstance(found, Refusal)
    assert told in found.told


def test_no_refusal_tells_the_code() -> None:
    others = (replace(ISSUED, spent_at=AT), replace(ISSUED, tries=MOST_TRIES), replace(ISSUED, position="af.bureau"))

    for one in (*others, ISSUED):
        found = judged(write_code(one, KEY), one, of=deed(decided=[]))
        assert isinstance(found, Refusal)
        assert write_code(one, KEY) not in found.told
