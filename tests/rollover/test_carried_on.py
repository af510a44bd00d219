"""Only what was implemented is met; the rest is asked again, and says for which year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tipcycle.model.plan import ActionPlan, year_asked
from tipcycle.rollover.carried_on import CarriedOn, LastStatus, carried_on


def _plan(first_asked: int | None = None) -> ActionPlan:
    (item, *_) = config().plans["AZE"].recommendations
    changed = item.model_copy(update={"first_asked": first_asked})
    return config().plans["AZE"].model_copy(update={"recommendations": (changed,)})


def _carried(status: str, *, first_asked: int | None = None, next_list: tuple[str, ...] = ("AZE",)) -> list[CarriedOn]:
    said = {("AZE", "HP1"): LastStatus(status, "progress-report v2", date(2009, 11, 12))}
    return list(carried_on({"AZE": _plan(first_asked)}, said, report_year=2010, next_list=next_list))


@pytest.mark.parametrize(
    ("status", "carried"),
    [
        ("implemented", False),
        ("partly", True),
        ("begun", True),
        ("not begun", True),
        ("reversed", True),
        ("nil", True),
        ("waived", True),
        ("no report", True),
        ("not answered", True),
    ],
)
def test_only_what_was_implemented_is_met(status: str, *, carried: bool) -> None:
    assert bool(_carried(status)) is carried


@pytest.mark.parametrize(
    ("first_asked", "since", "number", "told"),
    [
        (None, 2010, 2, "second year asked"),
        (2010, 2010, 2, "second year asked"),
        (2009, 2009, 3, "third year asked"),
        (2001, 2001, 11, "11th year asked"),
    ],
)
def test_a_recommendation_is_told_with_the_year_in_which_it_is_asked_next(
    first_asked: int | None, since: int, number: int, told: str
) -> None:
    (one,) = _carried("begun", first_asked=first_asked)

    assert (one.first_asked, one.year_asked, year_asked(one.year_asked)) == (since, number, told)


def test_a_country_that_leaves_the_list_is_told_and_not_asked_again() -> None:
    (one,) = _carried("begun", next_list=("SEN",))

    assert one.asked_again is False


def test_a_plan_does_not_ask_first_in_a_later_year() -> None:
    with pytest.raises(ValueError, match="HP1: first_asked is 2011, after the plan's Report"):
        ActionPlan.model_validate(_plan(2011).model_dump())
