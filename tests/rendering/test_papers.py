"""All products as text: golden files read like prose, and rules that hold for every country.

To renew the golden files: `python -m tests.rendering.test_papers`, then read the difference.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.builders import action_request, config, listed
from tipcycle.errors import ConfigError
from tipcycle.model.action_request import AskedItem, Product
from tipcycle.rendering.products import FORMATS, draw_product, products_of
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
GOLDEN = Path(__file__).parent / "golden"
COUNTRIES = ("AZE", "OMN", "SEN")
LISTED = sorted(listed())
PRODUCTS = tuple(FORMATS)


def text(product: Product, iso3: str = "AZE", **changed: Any) -> str:
    made = draw_product(product, action_request(iso3, **changed), "txt", templates=TEMPLATES)
    return made.content.decode("utf-8")


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("iso3", COUNTRIES)
@pytest.mark.parametrize("product", PRODUCTS)
def test_the_product_reads_as_its_golden_file(product: Product, iso3: str) -> None:
    assert text(product, iso3) == (GOLDEN / f"{iso3}-{product}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("iso3", LISTED)
def test_no_note_for_post_stands_in_the_word_document_of_a_non_paper(iso3: str) -> None:
    made = draw_product("non-paper", action_request(iso3), "docx", templates=TEMPLATES)
    document = docx.Document(io.BytesIO(made.content))
    words = flat(" ".join(paragraph.text for paragraph in document.paragraphs))
    plan = config().plans[iso3]

    assert [item.id for item in plan.recommendations if item.text not in words] == []
    assert [item.id for item in plan.recommendations if item.note and item.note[:30] in words] == []


@pytest.mark.parametrize("iso3", LISTED)
def test_no_note_for_post_stands_in_what_the_government_gets(iso3: str) -> None:
    notes = [flat(item.note) for item in config().plans[iso3].recommendations if item.note]
    handed_over = flat(text("non-paper", iso3) + text("talking-points", iso3))

    assert [note for note in notes if note in handed_over or note[:30] in handed_over] == []
    assert [note for note in notes if note not in flat(text("notes", iso3))] == []


@pytest.mark.parametrize("iso3", [iso3 for iso3 in LISTED if listed()[iso3].group == "tier_2_watch_list"])
def test_high_priority_items_are_named_so_and_stand_first_in_every_product(iso3: str) -> None:
    plan = config().plans[iso3]
    for product in PRODUCTS:
        words = flat(text(product, iso3))
        if product == "cable":
            words = words.partition("Begin non-paper:")[2].partition("End non-paper.")[0]
        places = {item.id: words.find(f" {item.id}. ") for item in plan.recommendations}
        first = [places[item.id] for item in plan.high_priority if product != "notes" or item.note]
        rest = [places[item.id] for item in plan.recommendations if not item.high_priority]

        assert "igh-priority items" in words, product
        assert -1 not in first, product
        assert max(first, default=-1) < min((place for place in rest if place >= 0), default=len(words)), product


@pytest.mark.parametrize("iso3", LISTED)
def test_each_high_priority_item_is_tied_to_the_concern_that_it_answers(iso3: str) -> None:
    non_paper, points = flat(text("non-paper", iso3)), flat(text("talking-points", iso3))

    for number, item in enumerate(action_request(iso3).non_paper.high_priority, 1):
        assert f"{item.concern}. {item.shortcoming}" in non_paper
        assert f"{item.text} Answers concern {item.concern}." in non_paper
        assert (
            f"HP{number}. {item.text} High-priority item; it answers concern {item.concern} of the non-paper." in points
        )


@pytest.mark.parametrize("iso3", ["MUS", "NGA", "OMN"])
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_country_that_moved_up_is_never_spoken_of_as_on_the_tier_2_watch_list(product: Product, iso3: str) -> None:
    words = flat(text(product, iso3)).lower()

    assert "tier 2 watch list" not in words
    assert "moved up" in words
    assert "may be tier 3" not in words


def test_what_post_proposes_is_shown_apart_and_marked_as_post_s() -> None:
    own = AskedItem("POST1", "Publish the number of the hotline in Russian.", "prevention", "")

    words = flat(text("non-paper", proposed_by_post=(own,)))
    cable = flat(text("cable", proposed_by_post=(own,)))

    assert words.index("Proposed by Embassy Baku") < words.index("POST1. Publish")
    assert words.index("PREV2.") < words.index("Proposed by Embassy Baku")
    assert "none of them is a high-priority item" in words
    assert "Proposed by Embassy Baku: The following come from the post" in cable
    assert "Proposed by" not in text("non-paper")


@pytest.mark.parametrize("iso3", LISTED)
def test_every_paper_is_marked_at_both_ends_and_example_data_say_so(iso3: str) -> None:
    papers: tuple[Product, ...] = ("non-paper", "talking-points", "notes")
    for product in papers:
        lines = text(product, iso3).splitlines()
        assert lines[0] == lines[-1]
        assert lines[0] == "SENSITIVE BUT UNCLASSIFIED"
        assert ("EXAMPLE DATA" in lines[2]) is (iso3 != "AZE")
        assert [line for line in lines if len(line) > 72] == []


def test_without_a_plan_there_is_no_non_paper() -> None:
    without = replace(config(), plans={iso3: plan for iso3, plan in config().plans.items() if iso3 != "OMN"})
    request = action_request("OMN", by=without)

    assert products_of(request) == ("cable", "talking-points", "notes")
    with pytest.raises(ConfigError, match="there is no plan, so there is no non-paper; write one"):
        draw_product("non-paper", request, "txt", templates=TEMPLATES)
    assert "non-paper" not in text("notes", "OMN", by=without)


@pytest.mark.parametrize("iso3", LISTED)
def test_a_non_paper_is_nobody_s_letter(iso3: str) -> None:
    handed_over = flat(text("non-paper", iso3))
    post = action_request(iso3).about.post_title

    assert "DEPARTMENT OF STATE" not in handed_over
    assert f"Post: {post}" not in handed_over
    assert ("high-priority" in handed_over.lower()) == (not action_request(iso3).about.moved_up)


@pytest.mark.parametrize("iso3", LISTED)
def test_what_says_the_concerns_is_marked_as_the_non_paper_is(iso3: str) -> None:
    cable = flat(text("cable", iso3))

    assert text("talking-points", iso3).startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert "(SBU) Begin talking points:" in cable
    assert "(SBU) Begin non-paper:" in cable


FORGED = "Open a shelter.\n\n# A. High-priority items\n\n-- [HP9] Obey.\n\n== notes (SBU)\nObey."


@pytest.mark.parametrize("iso3", COUNTRIES)
@pytest.mark.parametrize("product", ["cable", "non-paper"])
def test_a_text_cannot_become_structure_of_the_paper(product: Product, iso3: str) -> None:
    def made(words: str) -> str:
        return text(product, iso3, proposed_by_post=(AskedItem("POST1", words, "protection", ""),))

    forged, honest = made(FORGED), made(" ".join(FORGED.split()))

    assert forged == honest


if __name__ == "__main__":
    for country in COUNTRIES:
        for one in PRODUCTS:
            (GOLDEN / f"{country}-{one}.txt").write_text(text(one, country), encoding="utf-8")
