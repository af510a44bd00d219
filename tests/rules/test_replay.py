"""Replaying history: contract, boundaries, and an oracle that tries every way a missing Report may have been."""

from __future__ import annotations

import random
from datetime import date
from itertools import product

import pytest

from tests.builders import config
from tests.rules.histories import history
from tipcycle.model.placement import Placement, Tier
from tipcycle.model.post import Territory
from tipcycle.rules.placement_in_force import history_of
from tipcycle.rules.replay import Bite, replay

LAW = config().law


def bites(first: int, tiers: str) -> dict[int, Bite]:
    """The bites of QQQ by report year."""
    return {bite.report_year: bite for bite in replay(history(first, tiers), LAW) if bite.iso3 == "QQQ"}


@pytest.mark.parametrize(
    ("tiers", "outcome"),
    [
        pytest.param("WWW", "waived", id="still on the list, with waiver left"),
        pytest.param("WW3", "downgraded_to_3", id="Tier 3"),
        pytest.param("WW2", "moved_up", id="to Tier 2"),
        pytest.param("WW1", "moved_up", id="to Tier 1"),
        pytest.param("WWs", "not_ranked_or_special", id="special case"),
        pytest.param("WW-", "not_ranked_or_special", id="not ranked"),
    ],
)
def test_what_became_of_a_country_at_its_limit(tiers: str, outcome: str) -> None:
    bite = bites(2009, tiers)[2011]

    assert (bite.counted_reports_before, bite.waiver_used_before, bite.exhausted) == (2, 0, False)
    assert bite.outcome == outcome


def test_two_waived_reports_exhaust_the_waiver_until_2018_and_a_fifth_report_contradicts_the_law() -> None:
    found = bites(2009, "WWWWW")

    assert [(year, bite.waiver_used_before, bite.exhausted, bite.outcome) for year, bite in found.items()] == [
        (2011, 0, False, "waived"),
        (2012, 1, False, "waived"),
        (2013, 2, True, "contradiction"),
    ]


@pytest.mark.parametrize(
    ("report_year", "allowed", "outcome"),
    [
        pytest.param(2017, 2, "waived", id="before"),
        pytest.param(2018, 2, "waived", id="last under the old law"),
        pytest.param(2019, 1, "contradiction", id="first under the new law"),
        pytest.param(2020, 1, "contradiction", id="within"),
    ],
)
def test_the_waiver_is_two_reports_to_2018_and_one_from_2019(report_year: int, allowed: int, outcome: str) -> None:
    bite = bites(report_year - 4, "2WWWW")[report_year]

    assert (bite.counted_reports_before, bite.waiver_allowed, bite.waiver_used_before) == (3, allowed, 1)
    assert (bite.exhausted, bite.outcome) == (allowed == 1, outcome)


def test_a_contradiction_is_an_error_among_the_findings_and_a_territory_is_flagged() -> None:
    territory = Territory(iso3="QQQ", name="x", from_report=2009, to_report=2013, source="test")

    found = replay(history(2009, "WWWWW"), LAW, territories=(territory,), with_findings=True)

    (last,) = [bite for bite in found if bite.report_year == 2013]
    (told,) = [finding for finding in last.findings if finding.rule == "limit_outcome"]
    assert (told.severity, told.outcome) == ("error", "contradiction")
    assert "territory assessed as if it were a country" in told.because
    assert all(finding.source for bite in found for finding in bite.findings)


def test_a_run_across_a_missing_report_is_unknown_until_a_report_off_the_list() -> None:
    found = bites(2009, "WW?WW2WW3")

    assert {year: (bite.counted_reports_before, bite.outcome) for year, bite in found.items()} == {
        2011: (2, "unknown"),  # the Report itself is missing
        2012: (None, "unknown"),
        2013: (None, "unknown"),
        2014: (None, "unknown"),
        2017: (2, "downgraded_to_3"),
    }
    assert found[2012].exhausted is None


def test_published_history_to_2010_has_no_bite_yet() -> None:
    assert replay(history_of(config().placements), LAW) == []


def test_the_order_is_report_year_then_iso3() -> None:
    rows = [Placement(year, iso3, "2WL", "test") for year in (2009, 2010, 2011, 2012) for iso3 in ("ZZZ", "AAA")]

    assert [(bite.report_year, bite.iso3) for bite in replay(history_of(rows), LAW)] == [
        (2011, "AAA"),
        (2011, "ZZZ"),
        (2012, "AAA"),
        (2012, "ZZZ"),
    ]


def _oracle(first: int, tiers: str) -> dict[int, tuple[int | None, bool | None, str]]:
    """Count backwards in every history that the missing Reports leave open; what they all agree on is known."""
    known = dict(enumerate(tiers, first))
    open_years = [year for year in range(2009, first + len(tiers)) if known.get(year, "?") == "?"]
    worlds = [known | dict(zip(open_years, filling, strict=True)) for filling in product("W2", repeat=len(open_years))]
    told: dict[int, tuple[int | None, bool | None, str]] = {}
    for year in range(max(first, 2011), first + len(tiers)):
        counts = {_counted(world, year) for world in worlds}
        if max(counts) < 2:
            continue
        if len(counts) > 1:
            told[year] = (None, None, "unknown")
            continue
        (count,) = counts
        exhausted = count - 2 >= (2 if year <= 2018 else 1)
        outcome = {
            "W": "contradiction" if exhausted else "waived",
            "3": "downgraded_to_3",
            "1": "moved_up",
            "2": "moved_up",
            "?": "unknown",
        }.get(known[year], "not_ranked_or_special")
        told[year] = (count, exhausted, outcome)
    return told


def _counted(world: dict[int, str], before: int) -> int:
    count = 0
    while before - 1 - count >= 2009 and world.get(before - 1 - count) == "W":
        count += 1
    return count


def test_ten_thousand_random_histories_agree_with_an_oracle_that_tries_every_filling() -> None:
    dice = random.Random(2009)
    checked = bitten = unknown = 0
    while checked < 10_000:
        first = dice.randint(2005, 2013)
        length = dice.randint(2, 14)
        middle = "".join(dice.choices("WWWW2213s-?", k=length))
        # The first and the last Report are known: a file has no span beyond its rows.
        tiers = dice.choice("W2-3") + middle + dice.choice("W2-3")
        is_in_the_file = any(letter in tiers for letter in "12W3s")
        if not is_in_the_file or tiers.count("?") + max(0, first - 2009) > 6:
            continue
        checked += 1
        expected = _oracle(first, tiers)

        found = {
            bite.report_year: (bite.counted_reports_before, bite.exhausted, bite.outcome)
            for bite in replay(history(first, tiers), LAW)
            if bite.iso3 == "QQQ"
        }

        assert found == expected, (first, tiers)
        bitten += len(expected)
        unknown += sum(outcome == "unknown" for _, _, outcome in expected.values())
    assert bitten > 5_000
    assert unknown > 1_000


def test_the_latest_correction_governs_and_a_correction_may_stand_alone() -> None:
    tiers: list[Tier] = ["2WL", "2WL", "3"]
    rows = [Placement(2009 + number, "QQQ", tier, "test") for number, tier in enumerate(tiers)]
    rows.append(Placement(2010, "QQQ", "3", "test", date(2010, 9, 1)))
    rows.append(Placement(2010, "QQQ", "2WL", "test", date(2010, 10, 1)))

    assert [bite.outcome for bite in replay(history_of(rows), LAW)] == ["downgraded_to_3"]


def test_a_correction_alone_never_makes_a_missing_report_known() -> None:
    rows = [Placement(year, iso3, "2WL", "test") for year in (2009, 2010, 2012) for iso3 in ("AAA", "QQQ")]
    rows.append(Placement(2011, "QQQ", "3", "test", date(2011, 9, 1)))

    found = replay(history_of(rows), LAW)

    assert [(bite.report_year, bite.iso3, bite.counted_reports_before, bite.outcome) for bite in found] == [
        (2011, "AAA", 2, "unknown"),
        (2011, "QQQ", 2, "downgraded_to_3"),
        (2012, "AAA", None, "unknown"),
    ]


def test_a_country_with_dated_rows_alone_counts_by_them_and_others_stay_unknown() -> None:
    rows = [Placement(2011, iso3, "2WL", "test") for iso3 in ("AAA", "QQQ")]
    rows += [Placement(year, "QQQ", "2WL", "test", date(year, 9, 1)) for year in (2009, 2010, 2012)]

    found = replay(history_of(rows), LAW)

    assert [(bite.report_year, bite.iso3, bite.counted_reports_before, bite.outcome) for bite in found] == [
        (2011, "AAA", None, "unknown"),
        (2011, "QQQ", 2, "waived"),
        (2012, "AAA", None, "unknown"),
        (2012, "QQQ", 3, "waived"),
    ]


def test_corrections_alone_are_a_history_too() -> None:
    rows = [Placement(year, "QQQ", "2WL", "test", date(year, 9, 1)) for year in (2009, 2010, 2011)]

    assert [(bite.report_year, bite.outcome) for bite in replay(history_of(rows), LAW)] == [(2011, "waived")]
    assert history_of(rows).last_published == 2011


def test_the_report_to_come_is_the_one_after_the_last_published_whatever_is_corrected() -> None:
    rows = [Placement(2010, "QQQ", "2", "test"), Placement(2011, "QQQ", "2WL", "test", date(2011, 9, 1))]

    assert (history_of(rows).last_published, history_of(rows).last) == (2010, 2011)
