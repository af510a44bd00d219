"""What refuses a placement: no rationale, no explanation, the two-year limit; each on both sides of its date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import config
from tests.rules.histories import history
from tipcycle.model.finding import Finding
from tipcycle.model.placement import Tier
from tipcycle.model.post import Territory
from tipcycle.rules.placement_is_allowed import Proposed, judge_placement

LAW = config().law
WAIVER = {"written-plan": "made up", "would-be-significant-efforts": "made up", "sufficient-resources": "made up"}


def judged(tiers: str, tier: Tier, *, first: int = 2009, as_if: bool = False, **changed: Any) -> tuple[Finding, ...]:
    """The findings on placing QQQ so in the Report after the history `tiers` that begins with `first`."""
    year = first + len(tiers)
    territory = Territory(iso3="QQQ", name="Test", from_report=2001, to_report=year, source="test")
    values = {"rationale": "Made up.", "explanation": "Made up.", "standards": ("4",)} | changed
    return judge_placement(
        Proposed(tier, **values),
        history(first, tiers),
        "QQQ",
        LAW,
        report_year=year,
        territories=[territory] if as_if else [],
        on=date(year, 5, 14),
    )


def refusals(*words: Any, **named: Any) -> list[str]:
    return [f"{one.rule}: {one.outcome}" for one in judged(*words, **named) if one.severity == "error"]


@pytest.mark.parametrize(
    ("tiers", "tier", "refused"),
    [
        pytest.param("W", "2WL", [], id="first year: 2010, one Report counted"),
        pytest.param("WW", "2WL", ["two_year_limit: must_be_tier_3"], id="second year: 2011, two counted"),
        pytest.param("WW", "3", [], id="the limit is kept by Tier 3"),
        pytest.param("WW", "2", [], id="a move up to Tier 2"),
        pytest.param("WW", "1", [], id="a move up to Tier 1"),
        pytest.param("W2W", "2WL", [], id="a run that was broken"),
        pytest.param("WWW", "2WL", ["two_year_limit: must_be_tier_3"], id="year after the first waiver"),
        pytest.param("WWWW", "2WL", ["two_year_limit: must_be_tier_3"], id="both waivers used"),
    ],
)
def test_the_limit_refuses_the_watch_list_without_a_waiver(tiers: str, tier: Tier, refused: list[str]) -> None:
    assert refusals(tiers, tier) == refused


@pytest.mark.parametrize(
    ("tiers", "refused"),
    [
        pytest.param("W", ["waiver_elements: not_needed"], id="nothing to waive in 2010"),
        pytest.param("WW", [], id="first waiver year, 2011"),
        pytest.param("WWW", [], id="second waiver year, 2012"),
        pytest.param("WWWW", ["waiver_elements: refused"], id="year after: exhausted"),
        pytest.param("1111111WW", [], id="2018: two may still be waived"),
        pytest.param("11111111WW", [], id="2019: one may be waived"),
        pytest.param("1111111WWW", ["waiver_elements: refused"], id="2019: the one was used in 2018"),
    ],
)
def test_a_waiver_holds_while_the_law_of_its_report_leaves_one(tiers: str, refused: list[str]) -> None:
    assert refusals(tiers, "2WL", waiver=WAIVER) == refused


def test_a_waiver_needs_every_element_and_names_the_one_that_is_missing() -> None:
    (finding,) = judged("WW", "2WL", waiver=WAIVER | {"sufficient-resources": "  "})

    assert finding.severity == "error"
    assert "missing: the country devotes sufficient resources" in finding.because


def test_a_waiver_is_refused_where_it_waives_nothing_or_names_what_is_no_element() -> None:
    assert refusals("WW", "3", waiver=WAIVER) == ["waiver_elements: not_needed"]
    (finding,) = judged("WW", "2WL", waiver=WAIVER | {"plan": "made up"})
    assert finding.because == (
        "plan: no element of a waiver; they are written-plan, would-be-significant-efforts, sufficient-resources."
    )


def test_the_refusal_says_what_is_left_to_do() -> None:
    (open_,) = judged("WW", "2WL")
    (used_up,) = judged("WWWW", "2WL")

    assert open_.because.endswith("Place it on Tier 3 or move it up, or give a waiver with every element.")
    assert used_up.because.endswith("Place it on Tier 3 or move it up.")


def test_the_limit_does_not_bind_a_territory_and_an_unknown_run_is_a_warning() -> None:
    assert judged("WW", "2WL", as_if=True) == ()
    (finding,) = judged("W?W", "2WL")
    assert (finding.outcome, finding.severity) == ("unknown", "warning")


def test_a_country_at_the_limit_may_be_placed_on_no_list_only_with_an_explanation() -> None:
    assert refusals("WW", "special") == []
    assert "two_year_limit: must_be_tier_3" in refusals("WW", "special", explanation=" ")


@pytest.mark.parametrize("tiers", ["WW", "WWWW", "2", "s", "-"])
def test_a_country_may_be_left_unplaced_with_a_rationale_and_nothing_else(tiers: str) -> None:
    assert judged(tiers, "none", first=2018, explanation="", standards=()) == ()
    assert refusals(tiers, "none", first=2018, explanation="", rationale=" ") == ["placement_is_allowed: missing"]


def test_a_country_that_is_not_placed_has_no_waiver() -> None:
    (finding,) = judged("WW", "none", waiver=WAIVER)

    assert finding.because.endswith("for a country that is not placed leave it out.")


@pytest.mark.parametrize(
    ("first", "tiers", "tier", "explanation", "standards", "refused"),
    [
        pytest.param(2009, "2", "2", "", (), False, id="2010: no change"),
        pytest.param(2009, "2", "3", " ", ("4",), True, id="2010: a change without explanation"),
        pytest.param(2009, "2", "3", "Made up.", (), False, id="2010: the link is not asked for yet"),
        pytest.param(2017, "2", "3", "Made up.", (), False, id="2018: the last Report before the act"),
        pytest.param(2018, "2", "3", "Made up.", (), True, id="2019: the first that needs the link"),
        pytest.param(2018, "2", "3", "Made up.", ("4.1",), False, id="2019: an indicium links to the fourth"),
        pytest.param(2018, "2", "3", "", ("4",), True, id="2019: a link without explanation"),
        pytest.param(2009, "s", "2", "", (), True, id="from no list to Tier 2 is a change"),
        pytest.param(2009, "-", "2", "", (), False, id="ranked for the first time"),
    ],
)
def test_a_change_of_tier_is_explained_and_since_2019_linked_to_the_standards(
    first: int, tiers: str, tier: Tier, explanation: str, standards: tuple[str, ...], *, refused: bool
) -> None:
    said = refusals(tiers, tier, first=first, explanation=explanation, standards=standards)

    assert said == (["tier_change_explanation: missing"] if refused else [])


@pytest.mark.parametrize(
    ("year", "standards", "refused"),
    [
        pytest.param(2010, ("1", "4.11"), False, id="2010 has eleven indicia"),
        pytest.param(2010, ("4.12",), True, id="the twelfth came with the act of 2013"),
        pytest.param(2014, ("4.12",), False, id="2014 has twelve"),
        pytest.param(2010, ("5",), True, id="there are four standards"),
    ],
)
def test_standards_are_those_of_the_report(year: int, standards: tuple[str, ...], *, refused: bool) -> None:
    said = refusals("2", "2", first=year - 1, standards=standards)

    assert said == (["placement_is_allowed: unknown_standard"] if refused else [])


def test_an_empty_rationale_and_a_tier_that_the_report_has_not_are_refused_together() -> None:
    said = refusals("2", "2WL", first=2001, rationale=" \n")

    assert said == ["placement_is_allowed: no_such_tier", "placement_is_allowed: missing"]


def test_the_watch_list_again_after_a_downgrade_warns_and_never_refuses() -> None:
    findings = judged("WWWW3W", "2WL", first=2015)

    assert [(one.rule, one.severity) for one in findings] == [("watch_list_after_downgrade", "warning")]
