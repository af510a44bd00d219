"""What a grade says, and that what nobody reported is never "none"."""

from __future__ import annotations

from typing import Any

import pytest

from tipcycle.assessment.grade import grade
from tipcycle.model.obligation import Standing
from tipcycle.model.submission import ItemAnswer


def answer(**said: Any) -> ItemAnswer:
    return ItemAnswer.model_validate({"id": "HP1", "status": "begun"} | said)


@pytest.mark.parametrize(
    ("said", "standing", "name"),
    [
        pytest.param({"status": "implemented"}, "received", "implemented", id="implemented"),
        pytest.param({"status": "partly"}, "received", "partly", id="partly"),
        pytest.param({"status": "begun"}, "received", "begun", id="begun"),
        pytest.param({"status": "not begun"}, "received", "none", id="not begun"),
        pytest.param({"status": "reversed"}, "received", "none", id="taken back"),
        pytest.param({"status": "implemented", "by": "other"}, "received", "none", id="by others alone"),
        pytest.param(
            {"status": "partly", "by": "other", "government_role": "It pays."}, "received", "partly", id="by both"
        ),
        pytest.param({"status": "begun"}, "waived", "begun", id="answered though it was waived"),
        pytest.param(None, "received", "no answer", id="a report that does not speak of it"),
        pytest.param(None, "nil", "none", id="attested that there was nothing"),
        pytest.param(None, "waived", "not required", id="waived"),
        pytest.param(None, "missing", "no report after reminders", id="no report"),
    ],
)
def test_a_grade_follows_from_the_answer_or_from_why_there_is_none(
    said: dict[str, Any] | None, standing: Standing, name: str
) -> None:
    graded = grade(answer(**said) if said else None, standing=standing)

    assert graded.name == name
    assert graded.words.startswith(name)


def test_unknown_is_said_to_be_unknown_and_never_none() -> None:
    standings: tuple[Standing, ...] = ("received", "waived", "missing")
    for standing in standings:
        graded = grade(None, standing=standing)
        assert graded.name != "none"
        assert "not known" in graded.words


def test_no_reminder_is_claimed_that_was_not_sent() -> None:
    graded = grade(None, standing="missing", reminded=False)

    assert graded.name == "no report after reminders"
    assert graded.words == "no report, so not known"
