"""Why can a chapter's file not be taken? Every doubt with its line, so that no edit is lost by a guess."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from tipcycle.assessment.inputs import Inputs
from tipcycle.model.chapter import Chapter
from tipcycle.model.chapter_page import Page, PageFault, Paragraph, furniture
from tipcycle.model.plain_text import plain

_LONG_ENOUGH = 20  # characters of a sentence that stands inside another paragraph; a shorter one may do so by chance


def page_faults(chapter: Chapter, page: Page, inputs: Inputs) -> tuple[PageFault, ...]:
    """All faults in the order of their lines; those of reading first seen, then what does not fit the chapter."""
    found = [
        *page.faults,
        *_above(chapter, page),
        *_headings(chapter, page),
        *_anchors(chapter, page),
        *_texts_without_their_anchor(chapter, page),
        *_texts_of_another_anchor(chapter, page),
        *_hidden_characters(chapter, page),
        *_sources(page, inputs),
    ]
    return tuple(sorted(found, key=lambda fault: fault.line))


def changed_since(before: Chapter, now: Chapter) -> tuple[str, ...]:
    """The anchors of sentences that differ between two versions, in the order of the page."""
    old = {one.anchor: one for one in before.sentences()}
    new = {one.anchor: one for one in now.sentences()}
    return (
        *(anchor for anchor in new if new[anchor] != old.get(anchor)),
        *(anchor for anchor in old if anchor not in new),
    )


def _above(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    known = set(furniture(chapter, page.head.version if page.head else 0))
    for paragraph in page.before:
        if paragraph.text not in known:
            remedy = "move it below one of the headings, or put back what stood there"
            yield PageFault(paragraph.line, f'"{paragraph.text[:60]}" stands above the first section; {remedy}')


def _headings(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    titles = {section.id: section.title for section in chapter.sections}
    seen: dict[str, int] = {}
    for one in page.headings:
        if one.section not in titles:
            yield PageFault(one.line, f"there is no section {one.section} in this chapter; no section can be added")
        elif one.section in seen:
            yield PageFault(one.line, f"the section {one.section} stands twice, first at line {seen[one.section]}")
        elif one.title and one.title != titles[one.section]:
            title = titles[one.section]
            yield PageFault(one.line, f'the heading of the section {one.section} reads "{title}"; put it back')
        seen.setdefault(one.section, one.line)


def _anchors(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    belongs = {one.anchor: section.id for section in chapter.sections for one in section.sentences}
    titles = {section.id: section.title for section in chapter.sections}
    known = [*belongs, *(one.anchor for one in chapter.removed)]
    seen: dict[str, int] = {}
    for one in page.paragraphs:
        if one.anchor is None:
            continue
        if one.anchor not in known:
            near = get_close_matches(one.anchor, known, n=1)
            remedy = f'did you mean "{near[0]}"?' if near else "leave the anchor out, and the sentence is yours"
            yield PageFault(one.anchor_line, f"there is no anchor {one.anchor} in this chapter; {remedy}")
        elif one.anchor in seen:
            first = seen[one.anchor]
            remedy = "leave one of them out, and that sentence is yours"
            yield PageFault(one.anchor_line, f"the anchor {one.anchor} stands twice, first at line {first}; {remedy}")
        elif belongs.get(one.anchor, one.section) != one.section:
            title = titles[belongs[one.anchor]]
            remedy = f'a sentence stays in its section, "{title}"'
            yield PageFault(one.anchor_line, f"the anchor {one.anchor} was moved to another section; {remedy}")
        seen.setdefault(one.anchor, one.anchor_line)


def _texts_without_their_anchor(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    """A text whose anchor is gone would lose its inputs, and would be assembled a second time."""
    stands = {one.anchor for one in page.paragraphs}
    missing = [one for one in chapter.sentences() if one.anchor not in stands]
    texts = {one.anchor: one.text for one in chapter.sentences()}
    for one in page.paragraphs:
        if one.anchor and one.text == texts.get(one.anchor):
            continue
        for sentence in missing:
            if sentence.text == one.text:
                remedy = f"put back <!-- @ {sentence.anchor} --> on the line above it, or delete the text too"
                yield PageFault(one.line, f"the anchor {sentence.anchor} of this text is gone; {remedy}")
            elif _inside(sentence.text, one):
                remedy = f"put back an empty line and <!-- @ {sentence.anchor} --> above it, or delete that text"
                message = f"the text of {sentence.anchor}, whose anchor is gone, stands in this paragraph; {remedy}"
                yield PageFault(one.line, message)


def _texts_of_another_anchor(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    """A text below another sentence's anchor would rest on that one's inputs, as after two anchors changed places."""
    stands = {one.anchor: one.anchor_line for one in page.paragraphs if one.anchor}
    owners: dict[str, list[str]] = {}
    for sentence in chapter.sentences():
        owners.setdefault(_evened(sentence.text), []).append(sentence.anchor)
    own = {one.anchor: {_evened(one.text), _evened(one.generated)} for one in (*chapter.sentences(), *chapter.removed)}
    for paragraph in page.paragraphs:
        said = _evened(paragraph.text)
        if paragraph.anchor not in own or said in own[paragraph.anchor]:
            continue
        standing = [anchor for anchor in owners.get(said, ()) if anchor in stands]
        if standing:
            other = standing[0]
            remedy = "put each anchor back above its own text, or leave the anchor out, and the sentence is yours"
            message = f"this is the text of {other}, whose anchor stands at line {stands[other]}; {remedy}"
            yield PageFault(paragraph.anchor_line, message)


def _evened(text: str) -> str:
    return " ".join(text.split())


def _inside(text: str, paragraph: Paragraph) -> bool:
    return len(text) >= _LONG_ENOUGH and text in paragraph.text and text != paragraph.text


def _hidden_characters(chapter: Chapter, page: Page) -> Iterator[PageFault]:
    """What an editor wrote goes to other offices: it holds what may come in from outside, and nothing hidden."""
    texts = {one.anchor: one.text for one in chapter.sentences()}
    for paragraph in page.paragraphs:
        if paragraph.anchor and texts.get(paragraph.anchor) == paragraph.text:
            continue
        try:
            plain(paragraph.text)
        except ValueError as error:
            yield PageFault(paragraph.line, str(error))


def _sources(page: Page, inputs: Inputs) -> Iterator[PageFault]:
    for paragraph in page.paragraphs:
        for name in paragraph.sources:
            if name in inputs:
                continue
            near = get_close_matches(name, inputs.by_name, n=1)
            remedy = f'did you mean "{near[0]}"?' if near else "tipcycle chapter show lists the inputs"
            yield PageFault(paragraph.anchor_line, f'"{name}" is no input of this chapter; {remedy}')
