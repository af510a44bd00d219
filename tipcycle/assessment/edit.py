"""What did an editor change in a chapter, and what does the chapter say then?

Either every change can be told for certain, or nothing is taken and each doubt is told with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.page_faults import page_faults
from tipcycle.assessment.stale import settled
from tipcycle.model.chapter import Chapter, Section, Sentence
from tipcycle.model.chapter_page import Page, PageFault, Paragraph

ChangeKind = Literal["edited", "as assembled", "added", "removed", "put back"]


@dataclass(frozen=True)
class Change:
    """What became of one sentence: its text before ("" for an added one) and after ("" for a removed one)."""

    kind: ChangeKind
    anchor: str
    before: str
    after: str


@dataclass(frozen=True)
class Edited:
    """The chapter after the changes, in the order of the page; with a fault it is the chapter as it was."""

    chapter: Chapter
    changes: tuple[Change, ...] = ()
    faults: tuple[PageFault, ...] = ()


def apply_edits(chapter: Chapter, page: Page, inputs: Inputs, *, editor: str) -> Edited:
    """The chapter as the page has it, the page's head having been held against the ledger.

    A changed sentence keeps its inputs, as they were shown on the page, and is the editor's; one that was given the
    text that is assembled is tipcycle's again. A paragraph without an anchor is the editor's and rests on what the
    editor names, or on nothing.
    """
    if faults := page_faults(chapter, page, inputs):
        return Edited(chapter, faults=faults)
    numbered = _with_anchors(chapter, page.paragraphs)
    made = [(paragraph, *_made(chapter, paragraph, anchor, inputs, editor)) for paragraph, anchor in numbered]
    sections = tuple(
        Section(one.section, one.title, sentences)
        for one in page.headings
        if (sentences := tuple(said for paragraph, said, _ in made if paragraph.section == one.section))
    )
    stands = {said.anchor for _, said, _ in made}
    gone = [one for one in chapter.sentences() if one.anchor not in stands]
    removed = [one for one in chapter.removed if one.anchor not in stands]
    return Edited(
        replace(chapter, sections=sections, removed=(*removed, *(settled(one, inputs) for one in gone))),
        (
            *(change for _, _, change in made if change),
            *(Change("removed", one.anchor, one.text, "") for one in gone),
        ),
    )


def confirmed(chapter: Chapter, anchors: Sequence[str], inputs: Inputs) -> Edited:
    """The chapter after a person looked at these stale sentences and let them stand (or stay out)."""
    stale = {one.anchor: one for one in (*chapter.sentences(), *chapter.removed) if one.stale}
    faults = [PageFault(0, _not_stale(chapter, anchor, stale)) for anchor in anchors if anchor not in stale]
    if faults:
        return Edited(chapter, faults=tuple(faults))

    def looked_at(one: Sentence) -> Sentence:
        return settled(one, inputs) if one.anchor in anchors else one

    sections = tuple(
        replace(one, sentences=tuple(looked_at(said) for said in one.sentences)) for one in chapter.sections
    )
    return Edited(replace(chapter, sections=sections, removed=tuple(looked_at(one) for one in chapter.removed)))


def _not_stale(chapter: Chapter, anchor: str, stale: dict[str, Sentence]) -> str:
    if chapter.find(anchor) or any(one.anchor == anchor for one in chapter.removed):
        return f"{anchor}: nothing about this sentence is stale"
    near = get_close_matches(anchor, stale, n=1)
    return f"{anchor}: there is no such sentence" + (f'; did you mean "{near[0]}"?' if near else "")


def _with_anchors(chapter: Chapter, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Each paragraph with its anchor; new ones get `editor.N`, and no number is ever given out twice."""
    known = [one.anchor for one in (*chapter.sentences(), *chapter.removed)]
    last = max((int(one.removeprefix("editor.")) for one in known if one.startswith("editor.")), default=0)
    for paragraph in paragraphs:
        if paragraph.anchor is None:
            last += 1
        yield paragraph, paragraph.anchor or f"editor.{last}"


def _made(
    chapter: Chapter, paragraph: Paragraph, anchor: str, inputs: Inputs, editor: str
) -> tuple[Sentence, Change | None]:
    text = paragraph.text
    if paragraph.anchor is None:
        sources = tuple(inputs.by_name[name] for name in paragraph.sources)
        return Sentence(anchor, text, sources, written_by=editor), Change("added", anchor, "", text)
    before = chapter.find(anchor)
    if before is None:
        (out,) = (one for one in chapter.removed if one.anchor == anchor)
        back = out if text == out.text and not out.stale else _rewritten(out, text, inputs, editor)
        return back, Change("put back", anchor, "", text)
    if text == before.text:
        return before, None
    now = _rewritten(before, text, inputs, editor)
    return now, Change("edited" if now.edited else "as assembled", anchor, before.text, text)


def _rewritten(before: Sentence, text: str, inputs: Inputs, editor: str) -> Sentence:
    written_by = "tipcycle" if text == before.generated else editor
    return replace(settled(before, inputs), text=text, written_by=written_by)
