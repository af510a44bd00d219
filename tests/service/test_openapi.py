"""What the intake says of itself is what it does: every answer to any request is one that /openapi.json tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import httpx
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.intake import AZE, FORM, LVA, Intake, intake
from tests.smoke.story import story

pytestmark = pytest.mark.slow

_QUICK = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
_BODIES = st.one_of(st.binary(max_size=300), st.sampled_from([FORM, FORM[:40], b"{}", b"PK\x03\x04", b""]))
_UPLOADS = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/?#%."), min_size=1, max_size=40),
    st.sampled_from(["known", "%00", "a" * 500]),
)
_TOKENS = st.sampled_from(["good", "another's", "expired", "an answer's", "none", "noise"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, asked_ledger: Any) -> Iterator[Intake]:
    fast = "1000000"
    with (
        story(tmp_path_factory.mktemp("openapi"), ledger=asked_ledger) as cycle,
        intake(cycle, intake_requests_per_minute=fast, intake_uploads_per_minute=fast) as running,
    ):
        yield running


@_QUICK
@given(method=st.sampled_from(_METHODS), path=st.sampled_from(["/submissions", "/submissions/{upload}", "/health"]),
       upload=_UPLOADS, token=_TOKENS, body=_BODIES)  # fmt: skip
def test_every_answer_is_documented(
    served: Intake, *, method: str, path: str, upload: str, token: str, body: bytes
) -> None:
    known = _known(served) if upload == "known" else upload
    answer = served.http.request(method, path.replace("{upload}", known), content=body, headers=_bearer(served, token))

    told = _description(served)["paths"][path].get(method.lower())
    if told is None:
        assert answer.status_code == 405
        return
    assert str(answer.status_code) in told["responses"], (method, path, token, answer.text)
    schema = told["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), schema | {"components": _description(served)["components"]})
    if path != "/health":
        guarded = {"good": {200, 202, 404, 415}, "another's": {202, 404, 415}}
        assert answer.status_code in guarded.get(token, {401}), (method, path, token)


def test_what_others_uploaded_is_not_told(served: Intake) -> None:
    upload = _known(served)

    codes = {token: served.http.get(f"/submissions/{upload}", headers=_bearer(served, token)).status_code
             for token in ("good", "another's", "expired", "an answer's", "none", "noise")}  # fmt: skip

    assert codes == {"good": 200, "another's": 404, "expired": 401, "an answer's": 401, "none": 401, "noise": 401}


def _bearer(served: Intake, token: str) -> Mapping[str, str]:
    written = {
        "good": served.token(AZE),
        "another's": served.token(LVA),
        "expired": served.token(AZE, days=-1),
        "an answer's": served.token(AZE, purpose="answer", position="baku.action-officer"),
        "noise": "x" * 30,
    }
    return {"Authorization": f"Bearer {written[token]}"} if token in written else {}


@cache
def _known(served: Intake) -> str:
    return str(served.upload().json()["upload"])


@cache
def _description(served: Intake) -> dict[str, Any]:
    answer: httpx.Response = served.http.get("/openapi.json")
    return dict(answer.json())
