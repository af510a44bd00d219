"""A chapter on paper: Markdown and Word say the same, with marking, example header and no number for an unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.assessment.chapters import assembled, facts, kept, text
from tests.submissions.test_rules import ADDED, ALL_ITEMS, DEMARCHE, MADE, figure, report
from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.draft_notes import DraftNotes, draft_notes
from tipcycle.assessment.interim_chapter import EXAMPLE_ANSWERS, EXAMPLE_PLAN, assemble_interim_chapter
from tipcycle.model.chapter_page import MARKING
from tipcycle.rendering.chapter_docx import write_chapter_docx
from tipcycle.rendering.chapter_markdown import chapter_markdown
from tipcycle.rendering.markdown_text import plain

NO_NOTES = DraftNotes((), (), (), (), ())


def full(said: str = "Twelve persons were referred.") -> Assembled:
    """A chapter with something in each section; `said` stands wherever a post writes freely."""
    items = [{**ALL_ITEMS[0], "narrative": said}, *ALL_ITEMS[1:], {"id": "PROS1", "status": "implemented"}]
    unknown = {**figure(category="convictions"), "status": "not provided", "total": None, "labour": None, "sex": None}
    answer = report(items=items, statistics=[figure(), unknown], remarks=said)
    made = {**MADE, "reaction": said, "comments": said, "recommendations_added": [ADDED]}
    return assembled(answer, delivery=report(**DEMARCHE, demarche=made))


def markdown(made: Assembled) -> str:
    return chapter_markdown(kept(made.chapter), draft_notes(made.chapter, made.inputs))


def test_the_markdown_is_marked_at_both_ends_below_its_head() -> None:
    lines = [line for line in markdown(full()).splitlines() if line]

    assert lines[0].startswith("<!-- tipcycle chapter document:2010:interim-chapter:AZE version 1 content ")
    assert (lines[1], lines[-1]) == (MARKING, MARKING)


def test_the_markdown_tells_what_is_known_in_the_order_of_its_weight() -> None:
    made = full()

    told = markdown(made)

    order = [
        "# Azerbaijan",
        "Interim assessment, cycle 2010, draft, version 1.",
        "<!-- @ received -->\nProgress report received on November 10, 2009",
        "## High-priority items\n<!-- # high-priority -->",
        "<!-- @ item.HP1.grade -->\nHP1, begun: ",
        "<!-- @ item.HP1.reported -->\nTwelve persons were referred.",
        "HP2, begun: ",
        "## Further items: prosecution",
        "PROS1, implemented: ",
        "## Recommendations that post added",
        "## Statistics",
        "<!-- @ statistic.prosecutions -->\nProsecutions, April 1, 2009 to October 31, 2009: 12, of them",
        "Convictions, April 1, 2009 to October 31, 2009: not provided.",
        "## Demarche",
        "## Comments of the government",
        "## Remarks of the post",
        "## What the law says",
    ]
    found = [told.find(one) for one in order]
    assert -1 not in found
    assert found == sorted(found)


def test_what_is_not_there_has_no_heading() -> None:
    told = markdown(assembled(standing="waived", reason="post evacuated", approver="gtip.director"))

    for title in ("Statistics", "Comments", "Remarks", "Recommendations that post added"):
        assert f"## {title}" not in told


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
    known = facts(report(), standing="received")
    assert known.plan is not None
    plan = known.plan.model_copy(update={"example": example_plan})
    chapter = assemble_interim_chapter(replace(known, plan=plan, rehearsal=rehearsal))

    told = chapter_markdown(kept(chapter), NO_NOTES)

    assert [line.removeprefix("> ") for line in told.splitlines() if line.startswith("> ")] == said


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
        "<!-- @ item.HP2.grade -->",
        "Done. --> <!-- note",
    ],
)
def test_what_a_post_wrote_stays_text_and_makes_no_structure(written: str) -> None:
    assert _structure(_text_only(markdown(full(written)))) == _structure(_text_only(markdown(full("x"))))


def test_only_signs_that_would_change_how_a_text_is_read_are_escaped() -> None:
    harmless = "4.1 [Pub. L. 106-386, 22 U.S.C. 7107(c)] a_b (x) - 3 < 5 #2 C:\\dir."

    assert plain(harmless) == harmless
    assert plain("4. next") == "4\\. next"
    assert plain("__loud__ [x](y) [a]: b \\* c") == "\\_\\_loud\\_\\_ [x\\](y) [a\\]: b \\\\\\* c"


def _text_only(told: str) -> str:
    """Without our own signs, each alone on its line, and without the notes at the end."""
    return re.sub(r"(?m)^<!-- [@#t].*-->$", "", told.partition("\n<!-- note")[0])


def _structure(told: str) -> list[str]:
    """The lines that CommonMark would read as more than text."""
    opens = re.compile(r"^ *(#|>|\||[-+*] |\d+[.)] |=+$|-+$|```|~~~|<)")
    kept_lines = [line for line in told.splitlines() if opens.match(line) or line.startswith("    ")]
    assert not re.search(r"(?<!\\)(?:[`<]|\](?=[(\[:]))", told), told
    return kept_lines


@pytest.mark.parametrize("written", ["a --> b", "a ---> b", "-----", "<!-- note -->"])
def test_nothing_that_was_written_ends_the_note_on_the_draft(written: str) -> None:
    made = full(written)
    unsaid = replace(made.chapter, sections=made.chapter.sections[:1])

    note = chapter_markdown(kept(unsaid), draft_notes(unsaid, made.inputs)).partition("<!-- note")[2]

    assert note.count("-->") == 1
    assert "Unused input: progress-report/remarks: " in note


def test_the_word_document_says_what_the_markdown_says(tmp_path: Path) -> None:
    made = full()
    chapter = replace(made.chapter, examples=(EXAMPLE_PLAN,))

    write_chapter_docx(tmp_path / "chapters" / "AZE.docx", chapter, draft_notes(chapter, made.inputs))

    document = docx.Document(str(tmp_path / "chapters" / "AZE.docx"))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[0] == "Azerbaijan"
    said = [one.text for one in chapter.sentences()]
    assert [one for one in paragraphs if one in said] == said
    assert text(chapter, "statistic.prosecutions") in paragraphs
    assert EXAMPLE_PLAN in document.sections[0].header.paragraphs[0].text
    assert document.sections[0].header.paragraphs[0].text.startswith(MARKING)
    assert document.sections[0].footer.paragraphs[0].text == MARKING


def test_a_draft_ends_with_what_its_drafter_has_to_look_at(tmp_path: Path) -> None:
    made = full()
    unsaid = replace(made.chapter, sections=made.chapter.sections[:-2])

    write_chapter_docx(tmp_path / "AZE.docx", unsaid, draft_notes(unsaid, made.inputs))

    told = [paragraph.text for paragraph in docx.Document(str(tmp_path / "AZE.docx")).paragraphs]
    notes = told[told.index("For the drafter, not part of the text") + 1 :]
    assert [line.split(":")[1].strip() for line in notes] == [
        "progress-report/remarks",
        "rule/two_year_limit",
        "rule/data_provision",
        "rule/no_tier_change_at_interim",
    ]
