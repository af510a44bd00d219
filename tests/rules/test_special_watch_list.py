"""The special watch list of 22 U.S.C. 7107(b)(2)(A), on real history and on its boundaries."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tipcycle.model.placement import Listed, Placement, Tier
from tipcycle.model.post import Territory
from tipcycle.rules.special_watch_list import special_watch_list

# The 52 rows of the June 2009 list, as State published them, Swaziland not yet among them.
JUNE_2009 = [
    "AGO",
    "ANT",
    "ARE",
    "ARG",
    "AZE",
    "BDI",
    "BGD",
    "BHR",
    "BLZ",
    "CAF",
    "CHN",
    "CIV",
    "CMR",
    "COD",
    "COG",
    "DJI",
    "DOM",
    "DZA",
    "EGY",
    "FSM",
    "GAB",
    "GHA",
    "GIN",
    "GNB",
    "GNQ",
    "GTM",
    "GUY",
    "IND",
    "IRQ",
    "KHM",
    "LBN",
    "LBY",
    "LKA",
    "LSO",
    "LVA",
    "MDA",
    "MLI",
    "MNE",
    "NIC",
    "PAK",
    "PHL",
    "QAT",
    "RUS",
    "SEN",
    "TJK",
    "TKM",
    "TUN",
    "UKR",
    "UZB",
    "VCT",
    "VEN",
    "YEM",
]


def listed_on(day: date) -> dict[str, Listed]:
    """The list of the 2009 Report as it stood that day."""
    entries = special_watch_list(config().placements, 2009, on=day, territories=config().territories)
    return {entry.iso3: entry for entry in entries}


def test_the_list_of_the_2009_report_has_the_55_countries_that_state_counted_and_one_territory() -> None:
    entries = listed_on(date(2009, 9, 14))

    assert set(entries) == {*JUNE_2009, "SWZ", "MUS", "NGA", "OMN"}
    assert sum(entry.counted for entry in entries.values()) == 55
    assert [iso3 for iso3, entry in entries.items() if not entry.counted] == ["ANT"]
    groups = {iso3: entry.group for iso3, entry in entries.items() if entry.group != "tier_2_watch_list"}
    assert groups == {"MUS": "moved_up_to_1", "NGA": "moved_up_to_1", "OMN": "moved_up_from_3"}


@pytest.mark.parametrize(
    ("day", "listed"),
    [(date(2009, 9, 13), False), (date(2009, 9, 14), True), (date(2009, 9, 15), True)],
)
def test_swaziland_is_listed_from_the_day_of_its_correction(day: date, listed: bool) -> None:
    assert ("SWZ" in listed_on(day)) is listed


@pytest.mark.parametrize(
    ("before", "now", "group"),
    [
        pytest.param("2", "1", "moved_up_to_1", id="(i) from 2 to 1"),
        pytest.param("2WL", "1", "moved_up_to_1", id="(i) from the watch list to 1"),
        pytest.param("1", "1", None, id="stays on 1"),
        pytest.param("3", "1", None, id="from 3 to 1: (i) asks for the second list before"),
        pytest.param("3", "2", "moved_up_from_3", id="(ii) from 3 to 2"),
        pytest.param("2", "2", None, id="stays on 2"),
        pytest.param("1", "2", None, id="falls to 2"),
        pytest.param("3", "2WL", "tier_2_watch_list", id="(iii) from 3 to the watch list"),
        pytest.param("2WL", "2WL", "tier_2_watch_list", id="(iii) stays on the watch list"),
        pytest.param("special", "2WL", "tier_2_watch_list", id="(iii) after a special case"),
        pytest.param(None, "2WL", "tier_2_watch_list", id="(iii) not ranked before"),
        pytest.param(None, "1", None, id="new on 1"),
        pytest.param("2", "3", None, id="falls to 3"),
        pytest.param("2", "special", None, id="becomes a special case"),
    ],
)
def test_the_group_follows_from_two_reports(before: Tier | None, now: Tier, group: str | None) -> None:
    rows = [Placement(2009, "QQQ", now, "test")]
    if before:
        rows.append(Placement(2008, "QQQ", before, "test"))

    entries = special_watch_list(rows, 2009, on=date(2009, 9, 14), territories=())

    assert [entry.group for entry in entries] == ([group] if group else [])


@pytest.mark.parametrize(("report", "counted"), [(2008, True), (2009, False), (2010, True)])
def test_a_territory_is_uncounted_only_in_the_reports_named(report: int, counted: bool) -> None:
    rows = [Placement(report, "ANT", "2WL", "test")]
    territory = Territory(iso3="ANT", name="x", from_report=2009, to_report=2009, source="test")

    (entry,) = special_watch_list(rows, report, on=date(2020, 1, 1), territories=[territory])

    assert entry.counted is counted


def test_the_latest_correction_governs_whatever_the_order_of_rows() -> None:
    rows = [
        Placement(2009, "QQQ", "2WL", "test", date(2009, 10, 1)),
        Placement(2009, "QQQ", "3", "test"),
        Placement(2009, "QQQ", "2", "test", date(2009, 9, 1)),
    ]

    for order in (rows, rows[::-1]):
        entries = special_watch_list(order, 2009, on=date(2009, 12, 1), territories=())
        assert [entry.group for entry in entries] == ["tier_2_watch_list"]
