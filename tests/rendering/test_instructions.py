"""The reporting instructions of all 171 posts and desks: clean cables, with what each of them is asked and no more."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.builders import config
from tests.workbooks import cycle
from tipcycle.cables.check_cable import check_cable
from tipcycle.config.known_cables import known_of
from tipcycle.operations.request_annual_submissions import planned_instructions
from tipcycle.rendering.instructions_cable import render_instructions
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.settings import ROOT

GOLDEN = ROOT / "tests" / "rendering" / "golden" / "bridgetown-instructions.txt"
BARBADOS_AND_ON = ("ATG", "BRB", "DMA", "GRD", "KNA", "LCA", "VCT")


@cache
def cable(post: str) -> str:
    return render_instructions(planned_instructions(cycle(), post), templates=ROOT / "config" / "templates")


def one_line(post: str) -> str:
    return " ".join(cable(post).split())


def test_every_post_and_desk_gets_a_cable_that_passes_our_own_check() -> None:
    known = known_of(config(), on=config().calendar.step("reporting-instructions").planned_on)

    found = {post: check_cable(cable(post), known).findings for post in config().posts}

    assert len(found) == 171
    assert {post: findings for post, findings in found.items() if findings} == {}


def test_the_cable_of_a_post_with_seven_countries_reads_like_this() -> None:
    assert cable("bridgetown") == GOLDEN.read_text(encoding="utf-8")


def test_each_country_stands_in_the_cable_of_its_post_and_in_no_other() -> None:
    listed = {post: re.findall(r"^-- .*\(([A-Z]{3})\)", cable(post), re.MULTILINE) for post in config().posts}

    assert {post: sorted(codes) for post, codes in listed.items()} == {
        post.id: sorted(post.covers) for post in config().posts.values()
    }
    assert sum(map(len, listed.values())) == 189


def test_who_was_not_placed_in_the_last_report_is_marked_and_asked_all_the_same() -> None:
    marked = re.findall(r"\(([A-Z]{3})\), not placed in the 2009 Report", " ".join(map(one_line, config().posts)))
    placed = {one.iso3 for one in config().placements if one.report_year == 2009}

    assert set(marked) == {iso3 for post in config().posts.values() for iso3 in post.covers} - placed
    assert {"DMA", "GRD", "KNA", "LCA"} <= set(marked)
    assert len(marked) == 15


@pytest.mark.parametrize(
    ("post", "due"),
    [
        ("bridgetown", "on Monday, March 1, 2010. The reporting period"),
        ("baku", "on Monday, March 1, 2010. The reporting period"),
        (
            "seoul",
            "on Monday, March 1, 2010 (a holiday: Independence Movement Day at post; the last working",
        ),
    ],
)
def test_the_day_is_told_on_the_post_s_own_clock_with_its_holiday(post: str, due: str) -> None:
    assert f"by no later than 23:59 local time {due}" in one_line(post)


@pytest.mark.parametrize(
    ("post", "named"),
    [("seoul", "the Republic of Korea"), ("nassau", "the Bahamas"), ("desk-iran", "Iran"), ("paris", "France")],
)
def test_a_post_of_one_country_is_asked_for_it_by_the_name_a_sentence_uses(post: str, named: str) -> None:
    assert f"an annual submission on {named}, for the 2010" in one_line(post)


def test_every_standard_and_indicium_of_that_report_stands_in_it_by_number() -> None:
    for number, text in asked_standards(config().law, report_year=2010).items():
        assert f"-- {number}: {text}" in one_line("dakar")
    assert "judged by 11 indicia" in one_line("dakar")


def test_a_post_is_told_of_recommendations_only_where_there_were_some() -> None:
    assert "Guinea-Bissau and Senegal were sent recommendations" in one_line("dakar")
    assert "Azerbaijan was sent recommendations" in one_line("baku")
    assert "recommendations in this cycle" not in one_line("paris")
    assert "one answer a country" in one_line("paris")


def test_the_period_that_runs_on_after_the_due_day_asks_for_a_newer_version() -> None:
    planned = planned_instructions(cycle(), "paris")
    over = replace(planned, period=planned.period.model_copy(update={"end": date(2010, 2, 28)}))

    assert "the newer one counts" in one_line("paris")
    assert "the newer one counts" not in " ".join(
        render_instructions(over, templates=ROOT / "config" / "templates").split()
    )


def test_every_paragraph_is_unclassified_and_no_tier_is_spoken_of_but_in_the_law_s_words() -> None:
    marks = re.findall(r"^\d+\. \(([A-Z/]+)\)", cable("dakar"), re.MULTILINE)

    assert set(marks) == {"U"}
    assert re.findall(r"Tier \d", one_line("dakar")) == ["Tier 1"], "figures count toward it, for every country alike"
