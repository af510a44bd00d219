"""A chapter on paper: Markdown and Word say the same, with marking, example header and no number for an unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tipcycle.assessment.interim_chapter import InterimChapter, ItemLine
from tipcycle.rendering.interim_chapter import (
    EXAMPLE_ANSWERS,
    EXAMPLE_PLAN,
    MARKING,
    chapter_markdown,
    made_up,
    write_chapter_docx,
)
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
PERIOD = "May 1, 2009 to October 31, 2009"
CHAPTER = InterimChapter(
    iso3="AZE",
    country="Azerbaijan",
    listed_as="Tier 2 Watch List",
    because="2009 Report: tier 2WL; 2008 Report: tier 2WL",
    example=False,
    how_received="Progress report received on Tue 10 Nov 2009 (due Sun 15 Nov 2009), version 1.",
    high_priority=(
        ItemLine("HP1", "Use the referral mechanism.", "begun", "Twelve persons were referred."),
        ItemLine("HP2", "Pay for the plan.", "no answer", ""),
    ),
    further=(ItemLine("PROS2", "Train officers.", "implemented", "Two courses."),),
    added_by_post=(ItemLine("POST1", "Open a second shelter.", "no answer", ""),),
    comments="The government asks for training.",
    statistics=(
        ("convictions", PERIOD, "12", "3", "not stated"),
        ("prosecutions", PERIOD, "not provided", "", ""),
    ),
    demarche="Non-paper delivered on Thu 1 Oct 2009 (deputy minister). Taken well.",
    remarks="Nothing more.",
)


def markdown(chapter: InterimChapter, *, rehearsal: bool = False) -> str:
    examples = made_up(chapter, rehearsal=rehearsal)
    return chapter_markdown(chapter, templates=TEMPLATES, report_year=2010, examples=examples)


def test_the_markdown_is_marked_at_both_ends() -> None:
    lines = markdown(CHAPTER).strip().splitlines()

    assert (lines[0], lines[-1]) == (MARKING, MARKING)


def test_the_markdown_tells_what_is_known_in_the_order_of_its_weight() -> None:
    text = markdown(CHAPTER)

    order = [
        "# Azerbaijan",
        CHAPTER.how_received,
        CHAPTER.demarche,
        "## High-priority items",
        "- **HP1, begun**: Use the referral mechanism.",
        "  Twelve persons were referred.",
        "- **HP2, no answer**: Pay for the plan.",
        "## Further recommendations",
        "- **PROS2, implemented**: Train officers.",
        "## Statistics",
        f"| convictions | {PERIOD} | 12 | 3 | not stated |",
        f"| prosecutions | {PERIOD} | not provided |  |  |",
        "## Remarks of the post",
    ]
    found = [text.find(one) for one in order]
    assert -1 not in found
    assert found == sorted(found)


def test_what_is_not_there_has_no_heading() -> None:
    empty = replace(CHAPTER, high_priority=(), further=(), added_by_post=(), statistics=(), comments="", remarks="")

    assert "##" not in markdown(empty)


@pytest.mark.parametrize(
    ("example_plan", "rehearsal", "said"),
    [
        pytest.param(False, False, [], id="a real plan, really answered"),
        pytest.param(True, False, [EXAMPLE_PLAN], id="an example plan, really answered"),
        pytest.param(False, True, [EXAMPLE_ANSWERS], id="a real plan in a rehearsal"),
        pytest.param(True, True, [EXAMPLE_PLAN, EXAMPLE_ANSWERS], id="an example plan in a rehearsal"),
    ],
)
def test_a_chapter_says_at_the_top_what_of_it_is_made_up_and_no_more(
    example_plan: bool, rehearsal: bool, said: list[str]
) -> None:
    text = markdown(replace(CHAPTER, example=example_plan), rehearsal=rehearsal)

    assert [line.removeprefix("> ") for line in text.splitlines() if line.startswith("> ")] == said


@pytest.mark.parametrize(
    "written",
    [
        "# Tier 1",
        "Fine.\n\n## Statistics\n\n| a | b |\n| --- | --- |",
        "Tier 1\n======",
        "- **HP2, implemented**: done",
        "1. first\n2) second",
        "> EXAMPLE DATA: quoted",
        "    code",
        "```\nUNCLASSIFIED\n```",
        "<h1>Tier 1</h1> [here](http://example.com) *loud*",
    ],
)
def test_what_a_post_wrote_stays_text_and_makes_no_structure(written: str) -> None:
    quiet = markdown(replace(CHAPTER, remarks="x", demarche="x", further=(), high_priority=CHAPTER.high_priority[:1]))
    items = (replace(CHAPTER.high_priority[0], reported=written),)
    loud = markdown(replace(CHAPTER, remarks=written, demarche=written, further=(), high_priority=items))

    assert _structure(loud) == _structure(quiet)


def _structure(text: str) -> list[str]:
    """The lines that CommonMark would read as more than text."""
    opens = re.compile(r"^ *(#|>|\||[-+*] |\d+[.)] |=+$|-+$|```|~~~|<)")
    kept = [line for line in text.splitlines() if opens.match(line) or line.startswith("    ")]
    assert not re.search(r"(?<!\\)[`\[<]", text), text
    return kept


def test_the_word_document_says_what_the_markdown_says(tmp_path: Path) -> None:
    write_chapter_docx(tmp_path / "chapters" / "AZE.docx", CHAPTER, report_year=2010, examples=[EXAMPLE_PLAN])

    document = docx.Document(str(tmp_path / "chapters" / "AZE.docx"))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[0] == "Azerbaijan"
    assert CHAPTER.how_received in paragraphs
    assert "HP1, begun: Use the referral mechanism." in paragraphs
    assert "HP2, no answer: Pay for the plan." in paragraphs
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Category", "Period", "Total", "of it labor", "of it sex"]
    assert rows[1:] == [list(row) for row in CHAPTER.statistics]
    assert EXAMPLE_PLAN in document.sections[0].header.paragraphs[0].text
    assert document.sections[0].header.paragraphs[0].text.startswith(MARKING)
    assert document.sections[0].footer.paragraphs[0].text == MARKING
