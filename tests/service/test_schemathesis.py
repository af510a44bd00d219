"""Schemathesis reads the intake's own OpenAPI document and asks what that allows, with methods and tokens beside it."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.service.intake import Intake

pytestmark = pytest.mark.slow

_QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

# The document allows any text as a body, and says that what is no submission is refused.
_BESIDE: list[Any] = [positive_data_acceptance]


def test_every_operation_answers_as_it_is_documented(unlimited: Intake) -> None:
    """No error of the server's own, no undocumented status, type or shape, no method beside, no token ignored."""
    schema = schemathesis.openapi.from_url(f"{unlimited.url}/openapi.json")
    asked = set()
    with requests.Session() as session:
        session.trust_env = False
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()

            @_QUICK
            @given(case=operation.as_strategy())
            def answers(case: schemathesis.Case[Any]) -> None:
                asked.add(case.operation.label)
                case.call_and_validate(session=session, headers=unlimited.bearer(), excluded_checks=_BESIDE)

            answers()

    assert asked == {"GET /health", "POST /submissions", "GET /submissions/{upload}"}
