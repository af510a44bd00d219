"""What the intake says of itself is what it does: every answer to any request is one that /openapi.json tells of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.intake import AZE, FORM, LVA, Intake

pytestmark = pytest.mark.slow

_QUICK = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
_BODIES = st.one_of(st.binary(max_size=300), st.sampled_from([FORM, FORM[:40], b"{}", b"PK\x03\x04", b""]))
_UPLOADS = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/?#%."), min_size=1, max_size=40),
    st.sampled_from(["known", "%00", "a" * 500]),
)
_TOKENS = st.sampled_from(["good", "another's", "expired", "an answer's", "none", "noise"])


@_QUICK
@given(method=st.sampled_from(_METHODS), path=st.sampled_from(["/submissions", "/submissions/{upload}", "/health"]),
       upload=_UPLOADS, token=_TOKENS, body=_BODIES)  # fmt: skip
def test_every_answer_is_documented(
    unlimited: Intake, *, method: str, path: str, upload: str, token: str, body: bytes
) -> None:
    known = _known(unlimited) if upload == "known" else upload
    answer = unlimited.http.request(
        method, path.replace("{upload}", known), content=body, headers=_bearer(unlimited, token)
    )

    told = _description(unlimited)["paths"][path].get(method.lower())
    if told is None:
        assert answer.status_code == 405
        return
    assert str(answer.status_code) in told["responses"], (method, path, token, answer.text)
    schema = told["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), schema | {"components": _description(unlimited)["components"]})
    if path != "/health":
        guarded = {"good": {200, 202, 404, 415}, "another's": {202, 404, 415}}
        assert answer.status_code in guarded.get(token, {401}), (method, path, token)


def test_what_others_uploaded_is_not_told(unlimited: Intake) -> None:
    upload = _known(unlimited)

    codes = {token: unlimited.http.get(f"/submissions/{upload}", headers=_bearer(unlimited, token)).status_code
             for token in ("good", "another's", "expired", "an answer's", "none", "noise")}  # fmt: skip

    assert codes == {"good": 200, "another's": 404, "expired": 401, "an answer's": 401, "none": 401, "noise": 401}


def _bearer(unlimited: Intake, token: str) -> Mapping[str, str]:
    written = {
        "good": unlimited.token(AZE),
        "another's": unlimited.token(LVA),
        "expired": unlimited.token(AZE, days=-1),
        "an answer's": unlimited.token(AZE, purpose="answer", position="baku.action-officer"),
        "noise": "x" * 30,
    }
    return {"Authorization": f"Bearer {written[token]}"} if token in written else {}


@cache
def _known(unlimited: Intake) -> str:
    return str(unlimited.upload().json()["upload"])


@cache
def _description(unlimited: Intake) -> dict[str, Any]:
    answer: httpx.Response = unlimited.http.get("/openapi.json")
    return dict(answer.json())
