"""What two plans ask differently, in tables of named cases."""

from __future__ import annotations

from typing import Any

import pytest

from tipcycle.model.plan import ActionPlan
from tipcycle.requests.plan_diff import Change, compare_plans

HP1: dict[str, Any] = {"id": "HP1", "high_priority": True, "pillar": "protection", "text": "Open three shelters."}
HP2: dict[str, Any] = {"id": "HP2", "high_priority": True, "pillar": "prosecution", "text": "Convict traffickers."}
PREV1: dict[str, Any] = {"id": "PREV1", "pillar": "prevention", "text": "Run a hotline all day."}


def plan(*items: dict[str, Any]) -> ActionPlan:
    return ActionPlan.model_validate(
        {
            "country": "AZE",
            "report_year": 2010,
            "example": True,
            "source": "test",
            "recommendations": [{"answers": "There was none."} | item for item in items],
        }
    )


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        pytest.param(
            [HP1], [HP1 | {"pillar": "prevention"}], [("HP1", "pillar", "protection", "prevention")], id="pillar"
        ),
        pytest.param([HP1, HP2], [HP2, HP1], [("HP2", "place", "2", "1"), ("HP1", "place", "1", "2")], id="order"),
        pytest.param([PREV1, HP1], [HP1, PREV1], [], id="order of two groups is no order"),
        pytest.param([HP1], [HP1 | {"id": "HP3"}], [("HP3", "id", "HP1", "HP3")], id="renumbered"),
        pytest.param(
            [HP1], [HP1 | {"high_priority": False}], [("HP1", "high_priority", "high-priority", "further")], id="weight"
        ),
    ],
)
def test_what_moved_is_told(before: list[Any], after: list[Any], moved: list[tuple[str, str, str, str]]) -> None:
    diff = compare_plans(plan(*before), plan(*after))

    assert diff.moved == tuple(Change(*one) for one in moved)
    assert (diff.added, diff.removed, diff.changed) == ((), (), ())
    assert diff.equal is not bool(moved)


def test_what_was_added_and_removed_is_told() -> None:
    diff = compare_plans(plan(HP1, HP2), plan(HP1, PREV1))

    assert [item.id for item in diff.added] == ["PREV1"]
    assert [item.id for item in diff.removed] == ["HP2"]


def test_changed_words_are_told_with_both_sides() -> None:
    diff = compare_plans(plan(HP1), plan(HP1 | {"text": "Open four shelters.", "note": "Ask where."}))

    assert diff.changed == (
        Change("HP1", "text", "Open three shelters.", "Open four shelters."),
        Change("HP1", "note", "", "Ask where."),
    )


def test_an_id_that_is_given_to_a_new_item_is_no_change_of_words() -> None:
    diff = compare_plans(plan(HP1), plan({**HP1, "text": "Train the police well."}, HP1 | {"id": "HP2"}))

    assert [item.text for item in diff.added] == ["Train the police well."]
    assert diff.moved == (Change("HP2", "id", "HP1", "HP2"),)


def test_equal_plans_are_equal() -> None:
    assert compare_plans(plan(HP1, PREV1), plan(HP1, PREV1)).equal
