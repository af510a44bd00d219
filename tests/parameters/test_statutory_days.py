"""The law's own days: the day before a value changes, the first, one within, and the days after a Report."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tipcycle.parameters.statutory_days import (
    action_plan_due,
    determinations_due,
    interim_due,
    report_due,
    special_watch_list_due,
    waiver_published_by,
)

LAW = config().law


@pytest.mark.parametrize(
    ("report_year", "due"),
    [
        pytest.param(2000, None, id="before the act"),
        pytest.param(2001, date(2001, 6, 1), id="first Report"),
        pytest.param(2010, date(2010, 6, 1), id="within"),
        pytest.param(2020, date(2020, 6, 1), id="last due on June 1"),
        pytest.param(2021, date(2021, 6, 30), id="first due on June 30"),
        pytest.param(2024, date(2024, 6, 30), id="after"),
    ],
)
def test_the_report_is_due_on_june_1_and_from_2021_on_june_30(report_year: int, due: date | None) -> None:
    day = report_due(LAW, report_year)

    assert (day.last if day else None) == due


@pytest.mark.parametrize(
    ("report_year", "due"),
    [(2004, None), (2005, date(2005, 2, 1)), (2010, date(2010, 2, 1)), (2024, date(2024, 2, 1))],
)
def test_the_interim_assessment_is_due_on_february_1_once_there_was_a_list(report_year: int, due: date | None) -> None:
    day = interim_due(LAW, report_year)

    assert (day.last if day else None) == due


def test_the_windows_after_the_2009_report_are_days_45_to_90() -> None:
    listed, determined = special_watch_list_due(LAW, date(2009, 6, 16)), determinations_due(LAW, date(2009, 6, 16))

    assert listed is not None
    assert determined is not None
    assert (listed.first, listed.last) == (date(2009, 7, 31), date(2009, 9, 14))
    assert (determined.first, determined.last) == (date(2009, 7, 31), date(2009, 9, 14))


@pytest.mark.parametrize(
    ("report_on", "notified_on"), [(date(2013, 6, 19), date(2013, 9, 17)), (date(2014, 6, 20), date(2014, 9, 18))]
)
def test_the_real_notifications_of_2013_and_2014_came_on_the_last_day(report_on: date, notified_on: date) -> None:
    day = determinations_due(LAW, report_on)

    assert day is not None
    assert day.last == notified_on


@pytest.mark.parametrize(
    ("report_on", "due"),
    [
        pytest.param(date(2022, 7, 19), None, id="last Report before"),
        pytest.param(date(2023, 1, 4), None, id="the day before"),
        pytest.param(date(2023, 1, 5), date(2023, 7, 4), id="the first day"),
        pytest.param(date(2023, 6, 15), date(2023, 12, 12), id="first Report"),
    ],
)
def test_an_action_plan_is_owed_180_days_after_a_report_from_2023_on(report_on: date, due: date | None) -> None:
    day = action_plan_due(LAW, report_on)

    assert (day.last if day else None) == due


@pytest.mark.parametrize(
    ("notified_on", "due"),
    [
        pytest.param(date(2013, 3, 6), None, id="the day before"),
        pytest.param(date(2013, 3, 7), date(2013, 4, 6), id="the first day"),
        pytest.param(date(2015, 7, 27), date(2015, 8, 26), id="within"),
    ],
)
def test_the_evidence_behind_a_waiver_is_public_within_30_days(notified_on: date, due: date | None) -> None:
    day = waiver_published_by(LAW, notified_on)

    assert (day.last if day else None) == due
