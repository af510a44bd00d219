"""The flows by which a person recommends, settles and places: their forms are small, and a refusal is no traceback."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("server")


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("record_recommendation", {"report_year", "position", "recommendations"}),
        ("settle_split", {"report_year", "country", "position", "outcome"}),
        ("record_placement", {"report_year", "position"}),
    ],
)
def test_a_form_has_no_default_on_what_decides(name: str, required: set[str]) -> None:
    import flows

    parameters = getattr(flows, name).parameters

    assert set(parameters.required) == required
    assert "at" in parameters.properties
