"""Cycle 2011 opens before its plans are written; a folder of plans is whole (decision 0016)."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tipcycle.calendar.places import Places
from tipcycle.config import load_config
from tipcycle.config.check import not_written_yet
from tipcycle.config.load import latest_planned_cycle
from tipcycle.errors import ConfigError
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import ROOT

CONFIG = ROOT / "config"


def test_the_config_of_cycle_2011_is_whole_without_plans_and_says_so() -> None:
    config = load_config(CONFIG, 2011)

    assert (config.report_year, config.plans, config.plans_written) == (2011, {}, False)
    assert not_written_yet(config) == [
        "cycles/2011/plans: no action plan is written yet; the requests are planned for Mon 20 Sep 2010",
        "references.yaml: no earlier cable is named for cycle 2011; its requests refer to some",
    ]
    assert not_written_yet(load_config(CONFIG, 2010)) == []


def test_a_folder_of_plans_is_whole(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    (tmp_path / "config/cycles/2011/plans").mkdir(parents=True)

    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "config", 2011)

    assert len(refused.value.faults) == 58
    assert {fault.remedy for fault in refused.value.faults} == {
        "a Tier 2 Watch List country needs a plan; write one",
    }


def test_what_is_drawn_from_plans_is_drawn_from_the_latest_that_are_written() -> None:
    assert latest_planned_cycle(CONFIG) == 2010


def test_every_planned_day_of_cycle_2011_is_a_working_day_in_washington() -> None:
    config = load_config(CONFIG, 2011)

    washington = Places(config).washington

    assert [step.id for step in config.calendar.steps if not washington.is_working(step.planned_on)] == []
    assert washington.is_working(config.calendar.opens_on)


def test_the_special_watch_list_of_cycle_2011_follows_from_the_2010_report() -> None:
    config = load_config(CONFIG, 2011)
    on = config.calendar.step("special-watch-list").planned_on

    entries = special_watch_list(config.placements, 2010, on=on, territories=config.territories)

    assert on == date(2010, 9, 10)
    assert Counter(entry.group for entry in entries) == {"tier_2_watch_list": 58, "moved_up_to_1": 3}
    assert all(entry.counted for entry in entries)
    because = {entry.iso3: entry.because for entry in entries}
    assert because["AZE"] == "2010 Report: Tier 2 Watch List; 2009 Report: Tier 2 Watch List"
    assert because["SWZ"].startswith("2010 Report: Tier 2 Watch List; 2009 Report: Tier 2 Watch List")
    assert because["MYS"] == "2010 Report: Tier 2 Watch List; 2009 Report: Tier 3"
    assert [entry.iso3 for entry in entries if entry.group == "moved_up_to_1"] == ["BIH", "IRL", "TWN"]
    assert because["TWN"] == "2010 Report: Tier 1; 2009 Report: Tier 2"
    assert "MUS" not in because, "it moved up in 2009; nothing moved it in 2010"
