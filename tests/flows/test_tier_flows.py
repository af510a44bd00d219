"""The flows by which a person recommends, settles, places and determines: their forms are small."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("server")


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("record_recommendation", {"report_year", "position", "recommendations"}),
        ("settle_split", {"report_year", "country", "position", "outcome"}),
        ("record_placement", {"report_year", "position"}),
        ("record_determination", {"report_year", "country", "kind", "done_on", "position"}),
    ],
)
def test_a_form_has_no_default_on_what_decides(name: str, required: set[str]) -> None:
    import flows

    parameters = getattr(flows, name).parameters

    assert set(parameters.required) == required
    assert "at" not in parameters.properties, "nobody is asked for the moment"
