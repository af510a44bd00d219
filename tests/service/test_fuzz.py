"""Requests that nobody would think of: some hundreds of each kind, and never an error of the server's own."""

from __future__ import annotations

import socket

import httpx
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.service.intake import AZE, FORM, Intake

pytestmark = pytest.mark.slow

_QUICK = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
_METHODS = st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE"])
_WORDS = st.one_of(
    st.sampled_from(["..", "%00", "%2e%2e%2f", "submissions", "answer", "docs", "a" * 2000, "%ff%fe", "{upload}"]),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#?"), min_size=1, max_size=40),
)
_HEADERS = st.dictionaries(
    st.sampled_from(["Content-Type", "Content-Encoding", "Accept", "Range", "X-Forwarded-For", "Cookie", "Expect"]),
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60),
    max_size=4,
)


@_QUICK
@given(
    method=_METHODS,
    words=st.lists(_WORDS, max_size=4),
    headers=_HEADERS,
    body=st.binary(max_size=400),
    known=st.booleans(),
)
def test_no_request_is_an_error_of_the_server(
    unlimited: Intake, method: str, words: list[str], headers: dict[str, str], body: bytes, *, known: bool
) -> None:
    token = unlimited.token(purpose="answer", position="baku.action-officer")
    path = "/".join(["", *words, *([token] if known and words[-1:] == ["answer"] else [])])
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    raw.append((b"Authorization", unlimited.bearer()["Authorization"].encode() if known else body[:30].hex().encode()))

    try:
        answer = unlimited.http.request(method, path, content=body, headers=raw)
    except httpx.LocalProtocolError:
        reject()  # our own client does not send that

    assert answer.status_code < 500, (method, path, answer.text)


@_QUICK
@given(
    st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([FORM, b"PK\x03\x04", b"tipcycle: x\n"])), max_size=5)
)
def test_no_body_is_an_error_of_the_server(unlimited: Intake, pieces: list[bytes]) -> None:
    answer = unlimited.http.post("/submissions", content=iter(pieces), headers=unlimited.bearer(AZE))

    assert answer.status_code in {202, 415}, answer.text


@_QUICK
@given(st.binary(max_size=300))
def test_no_bytes_on_the_line_stop_the_server(unlimited: Intake, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", unlimited.web.port), timeout=10) as line:
        line.sendall(sent)

    assert unlimited.http.get("/health").status_code == 200


@_QUICK
@given(st.dictionaries(st.sampled_from(["answer", "report_on", "note", "form", "x"]), st.text(max_size=60)))
def test_no_answer_is_an_error_of_the_server(unlimited: Intake, fields: dict[str, str]) -> None:
    token = unlimited.token(purpose="answer", position="baku.action-officer")
    try:
        answer = unlimited.http.post(f"/answer/{token}", data=fields)
    except UnicodeEncodeError:
        return
    assert answer.status_code < 500, answer.text


def test_it_still_works_afterwards(unlimited: Intake) -> None:
    assert unlimited.upload().status_code == 202
