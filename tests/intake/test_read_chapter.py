"""A chapter's file comes back: what editors do to its looks is no edit, what they write is never lost."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.assessment.chapters import assembled, kept, text
from tests.submissions.test_rules import ADDED, ALL_ITEMS, DEMARCHE, MADE, figure, report
from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.draft_notes import draft_notes
from tipcycle.assessment.edit import Edited, apply_edits, confirmed
from tipcycle.assessment.refresh import refreshed
from tipcycle.assessment.stale import stale_sentences
from tipcycle.intake.read_chapter import read_chapter
from tipcycle.model.chapter import Chapter
from tipcycle.model.chapter_page import MARKING
from tipcycle.rendering.chapter_markdown import chapter_markdown

EDITOR = "gtip.action-officer"
ODD = 'Signs: # * _ [a](b) <!-- @ x --> a --> b `c` | \\ \\* 1. "straight" “curly” é > - done'


def made(total: int = 12, said: str = ODD) -> Assembled:
    items = [{**ALL_ITEMS[0], "narrative": said}, *ALL_ITEMS[1:]]
    answer = report(items=items, statistics=[figure(total=total), figure(category="convictions")], remarks=said)
    delivery = report(**DEMARCHE, demarche={**MADE, "comments": said, "recommendations_added": [ADDED]})
    return assembled(answer, delivery=delivery)


MADE_UP = made()
CHAPTER = MADE_UP.chapter


def exported(chapter: Chapter = CHAPTER, by: Assembled = MADE_UP) -> str:
    return chapter_markdown(kept(chapter), draft_notes(chapter, by.inputs))


def imported(file: str, chapter: Chapter = CHAPTER, by: Assembled = MADE_UP) -> Edited:
    return apply_edits(chapter, read_chapter(file), by.inputs, editor=EDITOR)


def block(anchor: str, file: str) -> str:
    """The anchor with its paragraph, and the empty line behind it."""
    found = re.search(rf"<!-- @ {re.escape(anchor)} -->\n.*\n\n", file)
    assert found
    return found.group()


def with_text(anchor: str, said: str, file: str) -> str:
    return file.replace(block(anchor, file), f"<!-- @ {anchor} -->\n{said}\n\n")


def told(edited: Edited) -> list[tuple[str, str]]:
    assert edited.faults == ()
    return [(change.kind, change.anchor) for change in edited.changes]


def _wrapped(file: str) -> str:
    return "\n".join(
        textwrap.fill(line, 60, break_long_words=False, break_on_hyphens=False) if not line.startswith("<!--") else line
        for line in file.split("\n")
    )


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda file: file, id="as it was"),
        pytest.param(lambda file: file.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda file: file.replace("\n", "\r"), id="line ends of old Macs"),
        pytest.param(lambda file: "\ufeff" + file, id="byte order mark"),
        pytest.param(_wrapped, id="wrapped"),
        pytest.param(lambda file: file.replace("\n", "  \n"), id="blanks at the ends"),
        pytest.param(lambda file: file.replace("\n\n", "\n\n\n\n"), id="more empty lines"),
        pytest.param(lambda file: re.sub(r"(?m)^(<!-- [@#].*-->)$", r"\1\n", file), id="a line below each anchor"),
        pytest.param(lambda file: file.rstrip("\n"), id="no last line end"),
        pytest.param(lambda file: file.replace(" of ", "  of\u00a0"), id="other blanks"),
    ],
)
def test_what_an_editor_does_to_the_looks_of_a_file_is_no_edit(saved: Callable[[str], str]) -> None:
    edited = imported(saved(exported()))

    assert told(edited) == []
    assert edited.chapter == CHAPTER


def test_a_changed_text_keeps_its_inputs_and_is_the_editors() -> None:
    edited = imported(with_text("statistic.prosecutions", "Twelve “cases” were opened: 50% more.", exported()))

    said = edited.chapter.find("statistic.prosecutions")
    assert told(edited) == [("edited", "statistic.prosecutions")]
    assert said is not None
    assert (said.text, said.written_by) == ("Twelve “cases” were opened: 50% more.", EDITOR)
    assert [source.input for source in said.sources] == ["progress-report/statistic/prosecutions"]
    assert said.generated == text(CHAPTER, "statistic.prosecutions")
    untouched = [one for one in CHAPTER.sentences() if one.anchor != "statistic.prosecutions"]
    assert [one for one in edited.chapter.sentences() if one.anchor != "statistic.prosecutions"] == untouched


def test_a_text_put_back_to_what_is_assembled_is_tipcycles_again() -> None:
    changed = imported(with_text("received", "It came.", exported())).chapter

    edited = imported(with_text("received", text(CHAPTER, "received"), exported(changed)), changed)

    assert told(edited) == [("as assembled", "received")]
    assert edited.chapter == CHAPTER


def test_a_paragraph_without_an_anchor_is_the_editors_and_stands_where_it_was_written() -> None:
    file = exported()
    first = block("statistic.prosecutions", file)

    edited = imported(file.replace(first, f"{first}A word of our own.\n\n"))

    (statistics,) = (one for one in edited.chapter.sections if one.id == "statistics")
    assert told(edited) == [("added", "editor.1")]
    assert [one.anchor for one in statistics.sentences] == [
        "statistic.prosecutions",
        "editor.1",
        "statistic.convictions",
    ]
    assert (statistics.sentences[1].sources, statistics.sentences[1].written_by) == ((), EDITOR)


def test_a_new_paragraph_may_name_its_inputs() -> None:
    new = "<!-- @ new: progress-report/HP1, plan/HP1 -->\nReferral works.\n\n"
    file = exported()

    edited = imported(file.replace("<!-- @ item.HP2.grade", f"{new}<!-- @ item.HP2.grade"))

    said = edited.chapter.find("editor.1")
    assert said is not None
    assert [source.input for source in said.sources] == ["progress-report/HP1", "plan/HP1"]


def test_an_anchor_deleted_with_its_text_takes_the_sentence_out_and_it_can_be_put_back() -> None:
    file = exported()
    removed = block("statistic.convictions", file)

    out = imported(file.replace(removed, ""))
    again = exported(out.chapter)
    back = imported(again.replace("## Demarche", f"{removed}## Demarche"), out.chapter)

    assert told(out) == [("removed", "statistic.convictions")]
    assert [one.anchor for one in out.chapter.removed] == ["statistic.convictions"]
    assert told(back) == [("put back", "statistic.convictions")]
    assert back.chapter == CHAPTER


def test_an_editors_number_is_never_given_out_twice() -> None:
    file = exported()
    one = imported(file.replace("## Demarche", "First.\n\n## Demarche"))
    out = imported(exported(one.chapter).replace(block("editor.1", exported(one.chapter)), ""), one.chapter)

    two = imported(exported(out.chapter).replace("## Demarche", "Second.\n\n## Demarche"), out.chapter)

    assert told(two) == [("added", "editor.2")]


FIRST_STATISTIC = block("statistic.prosecutions", exported())
SECOND_STATISTIC = block("statistic.convictions", exported())


@pytest.mark.parametrize(
    ("broken", "place", "said"),
    [
        pytest.param(
            lambda file: file.replace("@ statistic.prosecutions -->", "@ statistic.prosecution -->"),
            "<!-- @ statistic.prosecution -->",
            'there is no anchor statistic.prosecution in this chapter; did you mean "statistic.prosecutions"?',
            id="unknown",
        ),
        pytest.param(
            lambda file: file.replace("@ statistic.convictions -->", "@ statistic.prosecutions -->"),
            "<!-- @ statistic.prosecutions -->",
            "the anchor statistic.prosecutions stands twice, first at line",
            id="twice",
        ),
        pytest.param(
            lambda file: file.replace("<!-- @ received -->", "<!-- @ received ->"),
            "<!-- @ received ->",
            "is no sign of a chapter",
            id="malformed",
        ),
        pytest.param(
            lambda file: file.replace("<!-- @ received -->\n", "<!-- @ received --> "),
            "<!-- @ received -->",
            "is no sign of a chapter",
            id="text behind the anchor",
        ),
        pytest.param(
            lambda file: file.replace("<!-- @ received -->\n", ""),
            "Progress report received",
            "the anchor received of this text is gone; put back <!-- @ received -->",
            id="only the anchor deleted",
        ),
        pytest.param(
            lambda file: file.replace("\n\n<!-- @ received -->", ""),
            "Placements before: 2009",
            "the text of received, whose anchor is gone, stands in this paragraph",
            id="the anchor deleted with the line above it",
        ),
        pytest.param(
            lambda file: file.replace(text(CHAPTER, "received"), ""),
            "<!-- @ received -->",
            "the anchor received has no text below it",
            id="only the text deleted",
        ),
        pytest.param(
            lambda file: file.replace(SECOND_STATISTIC, "").replace(
                "## Statistics", f"{SECOND_STATISTIC}## Statistics"
            ),
            "<!-- @ statistic.convictions -->",
            'moved to another section; a sentence stays in its section, "Statistics"',
            id="moved",
        ),
        pytest.param(
            lambda file: file.replace("# Azerbaijan\n", "# Azerbaijan\n\nA foreword.\n"),
            "A foreword.",
            "stands above the first section",
            id="text above the sections",
        ),
        pytest.param(
            lambda file: file.replace("## Statistics", "## Figures"),
            "<!-- # statistics -->",
            'the heading of the section statistics reads "Statistics"',
            id="another heading",
        ),
        pytest.param(
            lambda file: file.replace("## Demarche", "## Outlook\n\nIt will rain.\n\n## Demarche"),
            "## Outlook",
            "no heading can be added",
            id="a new heading",
        ),
        pytest.param(
            lambda file: file.replace("<!-- # statistics -->", ""),
            "## Statistics",
            "the sign of its section is missing",
            id="a section without its sign",
        ),
        pytest.param(
            lambda file: file.replace("## Statistics\n", ""),
            "<!-- # statistics -->",
            "the heading of the section statistics is missing",
            id="a sign without its heading",
        ),
        pytest.param(
            lambda file: file.replace("## Demarche", "<!-- @ new: progress-report/HP99 -->\nNew.\n\n## Demarche"),
            "<!-- @ new: progress-report/HP99 -->",
            '"progress-report/HP99" is no input of this chapter',
            id="an input that is none",
        ),
        pytest.param(
            lambda file: file.replace("## Demarche", "<!-- note to self\nNew.\n\n## Demarche"),
            "<!-- note to self",
            "the note that begins here has no end",
            id="a note without an end",
        ),
        pytest.param(
            lambda file: file.replace("It came", "It").replace("Noted.", "Noted <!-- really? -->."),
            "Noted <!-- really",
            "a comment stands within the text",
            id="a comment within the text",
        ),
        pytest.param(
            lambda file: file.replace("## Demarche", "Turned \u202e round.\n\n## Demarche"),
            "Turned",
            "the hidden character U+202E is in the text; take it out",
            id="a hidden character",
        ),
        pytest.param(
            lambda file: file.replace("## Demarche", f"{exported().splitlines()[0]}\n\n## Demarche"),
            None,
            "the head of the file stands twice",
            id="two heads",
        ),
    ],
)
def test_broken_anchors_are_refused_with_their_line_and_nothing_is_taken(
    broken: Callable[[str], str], place: str | None, said: str
) -> None:
    file = broken(exported())

    edited = imported(file)

    fault = next(one for one in edited.faults if said in one.message)
    lines = file.split("\n")
    if place:
        assert place in lines[fault.line - 1]
        assert str(fault).startswith(f"line {fault.line}: ")
    assert edited.chapter == CHAPTER
    assert edited.changes == ()


SWAPPED = "this is the text of statistic.{}, whose anchor stands at line {}"


def test_two_anchors_that_changed_places_are_refused_with_the_lines_of_both() -> None:
    file = exported()
    one, other = "<!-- @ statistic.prosecutions -->", "<!-- @ statistic.convictions -->"

    swapped = file.replace(one, "<!-- -->").replace(other, one).replace("<!-- -->", other)
    edited = imported(swapped)

    lines = swapped.split("\n")
    first, second = lines.index(other) + 1, lines.index(one) + 1
    assert [(fault.line, fault.message.partition(";")[0]) for fault in edited.faults] == [
        (first, SWAPPED.format("prosecutions", second)),
        (second, SWAPPED.format("convictions", first)),
    ]
    assert (edited.chapter, edited.changes) == (CHAPTER, ())


def test_the_text_of_another_sentence_may_not_be_copied_below_an_anchor_however_it_is_wrapped() -> None:
    words = text(CHAPTER, "statistic.convictions").split()

    edited = imported(with_text("statistic.prosecutions", " \n".join([words[0], "  ".join(words[1:])]), exported()))

    assert [fault.message.partition(",")[0] for fault in edited.faults] == ["this is the text of statistic.convictions"]


def test_anchors_that_hold_one_text_may_change_places_and_a_text_may_become_what_was_assembled() -> None:
    same = imported(with_text("statistic.convictions", "Made up.", exported())).chapter
    both = imported(with_text("received", "Made up.", exported(same)), same)
    assert [fault.message.partition(",")[0] for fault in both.faults] == ["this is the text of statistic.convictions"]

    alike = replace(
        same,
        sections=tuple(
            replace(
                section,
                sentences=tuple(
                    replace(one, text="Made up.") if one.anchor == "statistic.prosecutions" else one
                    for one in section.sentences
                ),
            )
            for section in same.sections
        ),
    )
    assert told(imported(exported(alike), alike)) == []


def test_every_fault_of_a_file_is_told_in_the_order_of_its_lines() -> None:
    file = exported().replace("@ received -->", "@ recieved -->").replace("@ statistic.convictions -->", "@ other -->")

    lines = [fault.line for fault in imported(file).faults]

    assert len(lines) >= 4  # two anchors that are none, and two texts without theirs
    assert lines == sorted(lines)


def test_a_stale_sentence_shows_old_and_new_in_its_file_and_is_settled_by_another_import() -> None:
    ours = imported(with_text("statistic.prosecutions", "Twelve cases.", exported())).chapter
    now = made(total=15)
    stale = refreshed(ours, now.chapter, now.inputs)

    file = exported(stale, now)
    untouched = imported(file, stale, now)
    settled = imported(with_text("statistic.prosecutions", "Fifteen cases.", file), stale, now)

    above = file.partition("<!-- @ statistic.prosecutions -->")[0].rpartition("<!-- note")[2]
    assert ("total 12" in above, "now: prosecutions provided; total 15" in above) == (True, True)
    assert told(untouched) == []
    assert untouched.chapter == stale
    assert told(settled) == [("edited", "statistic.prosecutions")]
    assert stale_sentences(settled.chapter, now.inputs) == ()
    assert refreshed(settled.chapter, now.chapter, now.inputs) == settled.chapter


def test_a_stale_sentence_can_be_confirmed_as_it_is_and_nothing_else_can() -> None:
    ours = imported(with_text("statistic.prosecutions", "A dozen or so cases.", exported())).chapter
    now = made(total=13)
    stale = refreshed(ours, now.chapter, now.inputs)

    confirmed_ = confirmed(stale, ["statistic.prosecutions"], now.inputs)
    refused = confirmed(stale, ["received", "statistic.prosecution"], now.inputs)

    said = confirmed_.chapter.find("statistic.prosecutions")
    assert said is not None
    assert (said.text, said.stale) == ("A dozen or so cases.", ())
    assert said.sources == (now.inputs.by_name["progress-report/statistic/prosecutions"],)
    assert refreshed(confirmed_.chapter, now.chapter, now.inputs) == confirmed_.chapter
    assert [str(fault) for fault in refused.faults] == [
        "received: nothing about this sentence is stale",
        'statistic.prosecution: there is no such sentence; did you mean "statistic.prosecutions"?',
    ]
    assert refused.chapter == stale


@pytest.mark.parametrize("seed", range(60))
def test_no_edit_is_lost_by_any_order_of_imports_and_refreshes(seed: int) -> None:
    """What an editor last wrote stands until an editor changes it; what was taken out stays out."""
    rng = random.Random(seed)
    now = made()
    stored = now.chapter
    written: dict[str, str] = {}
    out: set[str] = set()
    for step in range(14):
        if rng.random() < 0.5:
            now = made(total=rng.randint(10, 20), said=rng.choice([ODD, "Otherwise.", "Once more."]))
            stored = refreshed(stored, now.chapter, now.inputs)
        elif rng.random() < 0.2 and (marked := [one.anchor for one in stored.sentences() if one.stale]):
            stored = confirmed(stored, [rng.choice(marked)], now.inputs).chapter
        else:
            edited = imported(_some_edit(rng, step, stored, now, written, out), stored, now)
            assert edited.faults == ()
            stored = edited.chapter
        texts = {one.anchor: one.text for one in stored.sentences()}
        assert {anchor: texts.get(anchor) for anchor in written} == written
        assert not out & texts.keys()
        assert {one.anchor for one in stored.sentences() if one.edited} == set(written)
        assert len(texts) == sum(1 for _ in stored.sentences())
        missing = {one.anchor for one in now.chapter.sentences()} - texts.keys() - out
        assert missing == set()
        assert imported(exported(stored, now), stored, now).chapter == stored


def _some_edit(  # noqa: PLR0917
    rng: random.Random, step: int, stored: Chapter, now: Assembled, written: dict[str, str], out: set[str]
) -> str:
    """A file with one more edit in it, and what is expected of it written down."""
    file = exported(stored, now)
    anchor = rng.choice([one.anchor for one in stored.sentences()])
    match rng.choice(["text", "text", "add", "remove"]):
        case "text":
            written[anchor] = f"Written in step {step}, *as is*: {rng.random()}"
            return with_text(anchor, written[anchor], file)
        case "add":
            numbers = [int(one.removeprefix("editor.")) for one in (*written, *out) if one.startswith("editor.")]
            written[f"editor.{max(numbers, default=0) + 1}"] = f"Added in step {step}: {rng.random()}"
            added = next(reversed(written.values()))
            return file.replace(block(anchor, file), f"{block(anchor, file)}{added}\n\n")
        case _:
            written.pop(anchor, None)
            out.add(anchor)
            return file.replace(block(anchor, file), "")


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_sentence_says_comes_back_from_its_file_as_it_was(seed: int) -> None:
    rng = random.Random(seed)
    pieces = [
        *"#>|<*_`~[](){}+-=.:;!@\\&'\"é中1 ",
        "<!--",
        "-->",
        "## ",
        "1. ",
        "word ",
        MARKING,
        "&lt;",
        "\\<!--",
        "note",
    ]
    texts = iter(lambda: " ".join("".join(rng.choices(pieces, k=rng.randint(1, 12))).split()) or "x", None)
    sections = tuple(
        replace(one, sentences=tuple(replace(said, text=next(texts)) for said in one.sentences))
        for one in CHAPTER.sections
    )
    odd = replace(CHAPTER, sections=sections)

    for file in (exported(odd), _wrapped(exported(odd))):
        assert told(imported(file, odd)) == []
        assert imported(file, odd).chapter == odd


def test_a_file_of_any_nonsense_is_read_without_a_crash_and_refused() -> None:
    rng = random.Random(7)
    pieces = [
        "<!--",
        "-->",
        "@",
        "## x",
        "# y",
        "\n",
        "\n\n",
        "new:",
        "note",
        "received",
        "\\",
        "\u2028",
        "\x00",
        "é",
        " ",
    ]
    for _ in range(500):
        file = "".join(rng.choice(pieces) for _ in range(rng.randint(0, 60)))
        edited = imported(file)
        assert edited.faults or edited.chapter.removed


def test_a_long_chapter_is_read_quickly_enough() -> None:
    """5,000 paragraphs of an editor's and one of a megabyte; what grew with their square would take minutes."""
    added = "".join(f"Word {number} of our own.\n\n" for number in range(5_000)) + "word " * 200_000
    file = exported().replace("## What the law says", f"{added}\n\n## What the law says")

    assert len(told(imported(file))) == 5_001


def test_a_text_that_an_editor_wrote_comes_back_as_it_was_written() -> None:
    said = "Use `code`, *stars*, a_b, 5 > 4, [x] and (y) - all as text."

    once = imported(with_text("received", said, exported())).chapter
    twice = imported(exported(once), once).chapter

    assert text(once, "received") == said
    assert twice == once
    assert replace(once, sections=()) == replace(CHAPTER, sections=())
