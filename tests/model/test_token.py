"""What a token grants: one purpose, one obligation, until one moment; anything else about it is forged."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import utc
from tipcycle.model.signature import sign
from tipcycle.model.token import LONGEST, Grant, Void, read_token, write_token

KEY = b"key"
OVER = utc("2009-12-15 00:00")
GRANT = Grant("answer", "obligation:2010:progress-report:AZE", "baku.action-officer", OVER)
TOKEN = write_token(GRANT, KEY)
PAYLOAD, _, SIGNATURE = TOKEN.partition(".")
OTHER = write_token(replace(GRANT, obligation="obligation:2010:progress-report:SEN"), KEY)


@pytest.mark.parametrize(
    ("seconds", "granted"),
    [
        pytest.param(-86_400, True, id="the day before"),
        pytest.param(-1, True, id="the second before"),
        pytest.param(0, False, id="at that moment"),
        pytest.param(1, False, id="the second after"),
    ],
)
def test_a_token_is_good_until_the_second_it_expires(seconds: int, *, granted: bool) -> None:
    found = read_token(TOKEN, "answer", KEY, at=OVER + timedelta(seconds=seconds))

    assert found == (GRANT if granted else Void("expired"))


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="nothing"),
        pytest.param(PAYLOAD, id="without its signature"),
        pytest.param(f"{PAYLOAD}.", id="with an empty signature"),
        pytest.param(f"{PAYLOAD}.{SIGNATURE[:-1]}", id="cut short"),
        pytest.param(f"{OTHER.partition('.')[0]}.{SIGNATURE}", id="with the payload of another obligation"),
        pytest.param(f"{PAYLOAD}=.{SIGNATURE}", id="padded"),
        pytest.param(f"{PAYLOAD}.{sign(PAYLOAD, b'another key')}", id="signed by somebody else"),
        pytest.param(f"{PAYLOAD}.{SIGNATURE}.{SIGNATURE}", id="with something behind it"),
        pytest.param("ä" * 40, id="no ASCII"),
        pytest.param("\ud800.\ud800", id="half a character"),
        pytest.param("A" * (LONGEST + 1), id="too long"),
        pytest.param(
            urlsafe_b64encode(b"upload|obligation:2010:progress-report:AZE||99999999999").decode() + "." + SIGNATURE,
            id="for ever",
        ),
    ],
)
def test_what_we_did_not_write_is_forged(token: str) -> None:
    assert read_token(token, "answer", KEY, at=utc("2009-11-01 00:00")) == Void("forged")


def test_a_link_is_no_upload_token() -> None:
    assert read_token(TOKEN, "upload", KEY, at=utc("2009-11-01 00:00")) == Void("forged")


@given(st.text(max_size=200))
def test_no_text_whatever_is_taken_for_a_token(text: str) -> None:
    assert read_token(text, "answer", KEY, at=utc("2009-11-01 00:00")) == Void("forged")


def test_a_token_fits_into_an_address_as_it_is() -> None:
    assert set(TOKEN) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert len(TOKEN) < 200
