"""Posts, ladders, days and contacts of two cycles beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import config, utc
from tipcycle.config import load_config
from tipcycle.model.contact import Contact
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import WorkWeek
from tipcycle.rollover.contacts_to_review import contacts_to_review
from tipcycle.rollover.placements_told_twice import ToldDifferently, placements_told_differently
from tipcycle.rollover.posts_and_ladders import Change, ladder_changes, post_changes
from tipcycle.rollover.step_dates import step_dates
from tipcycle.settings import ROOT


def _following() -> CycleConfig:
    return load_config(ROOT / "config", 2011)


def _with_post(of: CycleConfig, post: str, **changed: object) -> CycleConfig:
    return replace(of, posts=dict(of.posts) | {post: of.posts[post].model_copy(update=changed)})


def test_the_posts_and_ladders_of_2010_and_2011_are_the_same() -> None:
    assert post_changes(config(), _following()) == ()
    assert ladder_changes(config(), _following()) == ()


@pytest.mark.parametrize(
    ("post", "changed", "told"),
    [
        ("baku", {"covers": ("AZE", "GEO")}, Change("Baku", "covers", "AZE", "AZE, GEO")),
        ("baku", {"time_zone": "Asia/Tbilisi"}, Change("Baku", "time zone", "Asia/Baku", "Asia/Tbilisi")),
        (
            "baku",
            {"work_weeks": (WorkWeek(days="Sun-Thu"),)},
            Change("Baku", "work week", "Mon-Fri", "Sun-Thu"),
        ),
    ],
)
def test_a_post_that_changes_is_told_with_both_values(post: str, changed: dict[str, object], told: Change) -> None:
    assert post_changes(config(), _with_post(_following(), post, **changed)) == (told,)


def test_a_post_that_goes_and_one_that_comes_are_told() -> None:
    without = replace(_following(), posts={key: one for key, one in _following().posts.items() if key != "baku"})

    assert post_changes(config(), without) == (Change("Baku", "post", "covers AZE", "not there"),)
    assert post_changes(without, _following()) == (Change("Baku", "post", "not there", "covers AZE"),)


@pytest.mark.parametrize(
    ("since", "told"),
    [(date(2010, 8, 29), False), (date(2010, 8, 30), True), (date(2011, 6, 13), True), (date(2011, 6, 14), False)],
)
def test_a_work_week_that_begins_in_the_next_cycle_is_told(since: date, *, told: bool) -> None:
    weeks = (WorkWeek(days="Mon-Fri"), WorkWeek(since=since, days="Sun-Thu"))
    both = [_with_post(one, "baku", work_weeks=weeks) for one in (config(), _following())]

    changes = post_changes(both[0], both[1])

    assert bool(changes) is told
    if told:
        assert (changes[0].before, changes[0].now) == ("Mon-Fri", "Sun-Thu")


def test_a_ladder_that_differs_is_told_at_each_step_that_climbs_it() -> None:
    ladders = dict(_following().ladders)
    ladders["demarche"] = ladders["demarche"].model_copy(update={"rungs": ladders["demarche"].rungs[1:]})

    (change,) = ladder_changes(config(), replace(_following(), ladders=ladders))

    assert (change.name, change.before.endswith(change.now)) == ("demarche", True)


def test_the_days_of_both_cycles_stand_beside_each_other() -> None:
    dates = {one.step: one for one in step_dates(config(), _following())}

    report = dates["report-release"]
    assert (report.planned_before, report.planned_on) == (date(2010, 6, 14), date(2011, 6, 13))
    assert (report.statutory_before, report.statutory_on) == (date(2010, 6, 1), date(2011, 6, 1))
    assert {one.day_off for one in dates.values()} == {""}
    back = {one.step: one.day_off for one in step_dates(_following(), config())}
    assert back["progress-report"] == "rest day", "15 November 2009 was a Sunday"


def _contact(number: int, position: str, from_on: date, *, until_on: date | None = None) -> Contact:
    return Contact(
        number,
        position,
        "email",
        "x@posts.example",
        "",
        from_on,
        until_on,
        "",
        "gtip.director",
        utc("2009-09-01 12:00"),
    )


def test_contacts_are_old_from_a_year_on_and_config_addresses_have_no_date() -> None:
    positions = {
        name: config().positions[name] for name in ("baku.action-officer", "dakar.action-officer", "dakar.alternate")
    }
    contacts = [
        _contact(1, "baku.action-officer", date(2009, 6, 20)),
        _contact(2, "dakar.alternate", date(2009, 6, 21)),
        _contact(3, "dakar.alternate", date(2009, 1, 1), until_on=date(2009, 2, 1)),
    ]
    refused = {("email", "dakar.action-officer@posts.example")}

    found = contacts_to_review(positions, contacts, refused=refused, on=date(2010, 6, 20))

    assert [(one.position, one.from_on) for one in found.old] == [("baku.action-officer", date(2009, 6, 20))]
    assert (found.refused, found.undated) == (("dakar.action-officer",), ())
    none = contacts_to_review(positions, [], refused=(), on=date(2010, 6, 20))
    assert none.undated == tuple(sorted(positions))


def test_config_and_ledger_are_compared_only_where_the_ledger_decided() -> None:
    assert placements_told_differently({"AZE": "2WL"}, {}) == ()
    assert placements_told_differently({"AZE": "2WL"}, {"AZE": "2WL", "HTI": "none"}) == ()
    assert placements_told_differently({"AZE": "2WL"}, {"AZE": "none"}) == (ToldDifferently("AZE", "2WL", None),)
    assert placements_told_differently({"AZE": "2WL", "SEN": "2WL"}, {"AZE": "2", "SEN": "2WL", "FRA": "1"}) == (
        ToldDifferently("AZE", "2WL", "2"),
        ToldDifferently("FRA", None, "1"),
    )
