"""Every cable of the cycle, on the real plans: its form, and that nothing for post alone reaches the government."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.builders import action_request, config, listed
from tests.cables.samples import known
from tipcycle.cables.check_cable import check_cable
from tipcycle.model.cable import LINE
from tipcycle.rendering.request_cable import RequestCable, render_request_cable
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
EXAMPLE = "EXAMPLE DATA"
LISTED = sorted(listed())
MOVED_UP = [iso3 for iso3 in LISTED if listed()[iso3].group != "tier_2_watch_list"]


@cache
def cable(iso3: str) -> RequestCable:
    return render_request_cable(action_request(iso3), templates=TEMPLATES)


def flat(text: str) -> str:
    """The text as if no line were folded."""
    return " ".join(text.split())


def non_paper(text: str) -> str:
    """What the government is handed."""
    _, begun, rest = text.partition("Begin non-paper:")
    inside, ended, _ = rest.partition("End non-paper.")
    assert (begun, ended) == ("Begin non-paper:", "End non-paper.")
    return flat(inside)


def test_there_is_a_cable_for_each_of_the_56_entries() -> None:
    assert len(LISTED) == 56
    assert len({cable(iso3).text for iso3 in LISTED}) == 56


@pytest.mark.parametrize("iso3", LISTED)
def test_no_line_of_a_paragraph_is_longer_than_a_cable_line(iso3: str) -> None:
    _, _, paragraphs = cable(iso3).text.partition("\n1. (U)")

    assert LINE == 55
    assert paragraphs
    assert [line for line in paragraphs.splitlines() if len(line) > LINE] == []


def test_no_line_of_a_header_is_longer_than_a_cable_line() -> None:
    headers = {iso3: cable(iso3).text.partition("\n1. (U)")[0].splitlines() for iso3 in LISTED}

    assert {iso3: too_long for iso3 in LISTED if (too_long := [one for one in headers[iso3] if len(one) > LINE])} == {}


@pytest.mark.parametrize("iso3", LISTED)
def test_whatever_begins_ends_in_the_same_paragraph(iso3: str) -> None:
    paragraphs = re.split(r"^\d+\. \(", cable(iso3).text, flags=re.MULTILINE)

    for paragraph in map(flat, paragraphs):
        begun = re.findall(r"Begin (action request|talking points|non-paper|notes for post)\b", paragraph)
        ended = re.findall(r"End (action request|talking points|non-paper|notes for post)\.", paragraph)
        assert begun == ended


@pytest.mark.parametrize("iso3", LISTED)
def test_paragraphs_are_numbered_in_order_and_each_carries_its_mark(iso3: str) -> None:
    paragraphs = re.findall(r"^(\d+)\. (\([A-Z]+\)) (.*)$", cable(iso3).text, re.MULTILINE)

    assert [int(number) for number, _, _ in paragraphs] == list(range(1, len(paragraphs) + 1))
    marks = {text.split()[1].rstrip(":"): mark for _, mark, text in paragraphs if text.startswith("Begin ")}
    assert {mark for _, mark, _ in paragraphs} == {"(U)", "(SBU)"}
    assert (marks["non-paper"], marks.get("notes", "(SBU)"), marks["talking"]) == ("(SBU)", "(SBU)", "(SBU)")


@pytest.mark.parametrize("iso3", LISTED)
def test_every_reference_to_a_paragraph_leads_to_one(iso3: str) -> None:
    text = flat(cable(iso3).text)
    last = max(int(number) for number in re.findall(r"^(\d+)\. \(", cable(iso3).text, re.MULTILINE))

    referred = [number for found in re.findall(r"\bparas? ([\d?]+(?:-[\d?]+)?)", text) for number in found.split("-")]

    assert referred
    assert set(referred) <= {str(number) for number in range(1, last + 1)}


def test_the_references_of_a_watch_list_cable_lead_to_the_right_paragraphs() -> None:
    said = {
        number: flat(text)
        for number, text in re.findall(r"^(\d+)\. \([A-Z]+\) (.*?)(?=^\d+\. \(|\Z)", cable("AZE").text, re.M | re.S)
    }

    assert "see paras 2-4" in said["1"]
    assert all(said[number].startswith("Begin action request:") for number in ("2", "3", "4"))
    assert not said["5"].startswith("Begin action request:")
    assert "recommendations of para 9 as a non-paper" in said["2"]
    assert said["9"].startswith("Begin non-paper:")
    assert "the points of para 8" in said["2"]
    assert said["8"].startswith("Begin talking points:")
    assert "The notes of para 10 are for post alone" in said["2"]
    assert said["10"].startswith("Begin notes for post")


@pytest.mark.parametrize("iso3", LISTED)
def test_no_note_for_post_stands_in_the_non_paper(iso3: str) -> None:
    notes = [flat(item.note) for item in config().plans[iso3].recommendations if item.note]
    handed_over = non_paper(cable(iso3).text)

    assert not [note for note in notes if note in handed_over or note[:40] in handed_over]
    assert all(note in flat(cable(iso3).text) for note in notes)


@pytest.mark.parametrize("iso3", LISTED)
def test_the_non_paper_holds_every_recommendation_of_the_plan_and_the_high_priority_ones_first(iso3: str) -> None:
    plan = config().plans[iso3]
    handed_over = non_paper(cable(iso3).text)

    places_in_text = {item.id: handed_over.find(f"-- {item.id}. {flat(item.text)}") for item in plan.recommendations}

    assert -1 not in places_in_text.values()
    first = [places_in_text[item.id] for item in plan.recommendations if item.high_priority]
    rest = [places_in_text[item.id] for item in plan.recommendations if not item.high_priority]
    assert max(first, default=-1) < min(rest, default=len(handed_over))


def test_all_fifteen_items_of_azerbaijan_s_plan_are_handed_over() -> None:
    ids = re.findall(r"-- ([A-Z]+\d+)\.", non_paper(cable("AZE").text))

    assert ids == [
        *("HP1", "HP2", "HP3", "HP4", "HP5"),
        *("PROS1", "PROS2", "PROS3", "PROS4"),
        *("PROT1", "PROT2", "PROT3", "PROT4"),
        *("PREV1", "PREV2"),
    ]


@pytest.mark.parametrize("iso3", LISTED)
def test_example_plans_say_so_in_the_first_line_and_the_real_one_does_not(iso3: str) -> None:
    assert cable(iso3).text.startswith(EXAMPLE) is (iso3 != "AZE")
    assert (EXAMPLE in cable(iso3).text) is (iso3 != "AZE")


def test_three_countries_moved_up() -> None:
    assert MOVED_UP == ["MUS", "NGA", "OMN"]


@pytest.mark.parametrize("iso3", MOVED_UP)
def test_a_country_that_moved_up_is_never_said_to_be_on_the_tier_2_watch_list(iso3: str) -> None:
    made = cable(iso3)

    assert "tier 2 watch list" not in flat(made.text).lower()
    assert "tier 2 watch list" not in made.subject.lower()
    assert "TIP SPECIAL WATCH LIST UPDATE" in made.subject


@pytest.mark.parametrize(
    ("iso3", "how"), [("MUS", "(to Tier 1;"), ("NGA", "(to Tier 1;"), ("OMN", "(from Tier 3 to Tier 2;")]
)
def test_a_country_that_moved_up_is_told_from_where(iso3: str, how: str) -> None:
    assert f"moved up in the 2009 Report {how}" in flat(cable(iso3).text)


def test_a_country_that_moved_up_and_has_no_plan_gets_a_cable_without_a_non_paper() -> None:
    without = replace(config(), plans={iso3: plan for iso3, plan in config().plans.items() if iso3 != "OMN"})

    text = render_request_cable(action_request("OMN", by=without), templates=TEMPLATES).text

    assert "non-paper" not in text
    assert "notes for post" not in text
    assert "This is an action request; see para 2." in text


@pytest.mark.parametrize(
    ("iso3", "to", "tags"),
    [("AZE", "TO AMEMBASSY BAKU", "AJ"), ("GNB", "TO AMEMBASSY DAKAR", "PU"), ("OMN", "TO AMEMBASSY MUSCAT", "MU")],
)
def test_the_header_names_the_post_that_answers_and_the_country_s_tags(iso3: str, to: str, tags: str) -> None:
    lines = cable(iso3).text.splitlines()

    assert to in lines
    assert f"TAGS: KCRM KWMN PHUM PREL SMIG KTIP {tags}" in lines


def test_the_deadlines_are_told_on_the_post_s_own_clock() -> None:
    text = flat(cable("AZE").text)

    assert "by 23:59 local time on Monday, October 19, 2009" in text
    assert "by no later than 23:59 local time on Sunday, November 15, 2009" in text


def test_a_deadline_on_a_rest_day_of_the_post_names_the_last_working_day_before_it() -> None:
    assert "(a rest day at post; the last working day before it is Friday, November 13, 2009)" in flat(
        cable("AZE").text
    )
    assert "a rest day at post" not in flat(cable("EGY").text)


@pytest.mark.parametrize("iso3", LISTED)
def test_no_cable_of_the_cycle_has_a_warning(iso3: str) -> None:
    assert cable(iso3).warnings == ()


def test_each_reference_is_cited_by_the_letter_of_its_place_in_the_list() -> None:
    text = flat(cable("AZE").text)

    assert "The implementation guidelines of reftel B" in text
    assert "2008 amendments to the TVPA (reftel C)" in text

    turned = replace(config(), references=config().references[::-1])
    turned_text = flat(render_request_cable(action_request("AZE", by=turned), templates=TEMPLATES).text)

    assert "The implementation guidelines of reftel C" in turned_text
    assert "REF: A. 2009 STATE 62182" in turned_text


def test_a_reference_that_the_text_never_cites_is_warned_of() -> None:
    first = config().references[0]
    uncited = first.model_copy(update={"id": "other", "serial": 1})
    more = replace(config(), references=(*config().references, uncited))

    made = render_request_cable(action_request("AZE", by=more), templates=TEMPLATES)

    assert made.warnings == ("REF E (2008 STATE 1) is never cited: cite it, or take it out of config/references.yaml",)


def test_text_in_other_letters_is_spelt_in_ascii_and_warned_of() -> None:
    plan = config().plans["AZE"]
    first = plan.recommendations[0].model_copy(update={"text": "Open the shelter called بيت الأمل in Gəncə."})
    other = plan.model_copy(update={"recommendations": (first, *plan.recommendations[1:])})
    by = replace(config(), plans=dict(config().plans) | {"AZE": other})

    made = render_request_cable(action_request("AZE", by=by), templates=TEMPLATES)

    assert made.text.isascii()
    assert "Open the shelter called" in flat(made.text)
    assert ["among it right-to-left text" in one for one in made.warnings] == [True, True]  # in the points and the plan


def test_the_two_year_limit_is_told_with_the_country_s_own_count_and_year() -> None:
    text = flat(cable("AZE").text)

    assert "Azerbaijan has been on the list in one Report that counts" in text
    assert "the first Report in which the limit can take effect for it is that of 2011" in text
    without = flat(render_request_cable(action_request("AZE", limit=None), templates=TEMPLATES).text)
    assert "Report that counts" not in without


@pytest.mark.parametrize("iso3", LISTED)
def test_the_cable_lints_clean_on_its_day(iso3: str) -> None:
    checked = check_cable(cable(iso3).text, known(date(2009, 9, 21)))

    assert checked.findings == ()
    assert len(checked.items.high_priority) == len(config().plans[iso3].high_priority)
