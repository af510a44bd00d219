"""A draft plan is in the format of config/: once edited it can be laid in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import config
from tipcycle.config.plans import read_plan
from tipcycle.errors import Fault
from tipcycle.model.placement import Group, Listed
from tipcycle.model.plan import ActionPlan
from tipcycle.rendering.draft_plan import draft_plan
from tipcycle.rollover.carried_on import LastStatus, carried_on
from tipcycle.settings import ROOT


def _draft(iso3: str, *, group: Group = "tier_2_watch_list", implemented: tuple[str, ...] = ()) -> str:
    plan = config().plans[iso3]
    said = {
        (iso3, item.id): LastStatus(
            "implemented" if item.id in implemented else "begun", "progress-report v1", date(2009, 11, 12)
        )
        for item in plan.recommendations
    }
    carried = carried_on({iso3: plan}, said, report_year=2010, next_list=[iso3])
    return draft_plan(Listed(iso3, group, True, "made up"), plan, carried, next_year=2011)


def _read(text: str, tmp_path: Path) -> tuple[ActionPlan | None, list[Fault]]:
    file, faults = tmp_path / "AZE.yaml", list[Fault]()
    file.write_text(text, encoding="utf-8")
    return read_plan(file, ROOT / "config", faults, file="AZE.yaml"), faults


def test_a_draft_is_a_sound_plan_that_asks_what_was_not_met(tmp_path: Path) -> None:
    plan, faults = _read(_draft("AZE", implemented=("HP1", "PROS2")), tmp_path)

    asked = config().plans["AZE"]
    assert faults == []
    assert plan is not None
    assert [item.id for item in plan.recommendations] == [
        item.id for item in asked.recommendations if item.id not in ("HP1", "PROS2")
    ]
    assert (plan.report_year, plan.example, plan.country) == (2011, asked.example, "AZE")
    assert {item.first_asked for item in plan.recommendations} == {2010}
    by_id = {item.id: item for item in asked.recommendations}
    for item in plan.recommendations:
        assert item.model_copy(update={"first_asked": None}) == by_id[item.id]


@pytest.mark.parametrize("iso3", sorted(config().plans))
def test_the_draft_of_every_plan_can_be_read_again(iso3: str, tmp_path: Path) -> None:
    plan, faults = _read(_draft(iso3), tmp_path)

    assert faults == []
    assert plan is not None
    assert plan.version == config().plans[iso3].version, "the same is asked in the same words"


def test_each_item_says_in_which_year_it_is_asked_and_what_was_last_said() -> None:
    text = _draft("AZE")

    assert text.count("# second year asked; last status: begun (progress-report v1 of 2009-11-12)") == 15


def test_a_country_that_moved_up_has_no_high_priority_item(tmp_path: Path) -> None:
    plan, _ = _read(_draft("AZE", group="moved_up_from_3"), tmp_path)

    assert plan is not None
    assert plan.high_priority == ()


def test_where_nothing_is_carried_on_the_draft_is_a_frame_that_check_refuses(tmp_path: Path) -> None:
    text = draft_plan(Listed("BRN", "tier_2_watch_list", True, "made up"), None, (), next_year=2011)

    plan, faults = _read(text, tmp_path)

    assert plan is None
    assert [fault.place for fault in faults] == ["recommendations"]
