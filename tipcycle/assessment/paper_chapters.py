"""How is a chapter laid out on paper? Its sentences run on in paragraphs, and what answers an item bears its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from tipcycle.model.assessment_paper import PaperChapter, PaperSection, Paragraph
from tipcycle.model.chapter import Section, Sentence
from tipcycle.model.document import ChapterVersion

_ITEM = re.compile(r"(?:POST|[A-Z]{2,4})[1-9][0-9]?")


def paper_chapters(
    versions: Iterable[ChapterVersion], *, names: Mapping[str, str], under: Callable[[str], str]
) -> tuple[PaperChapter, ...]:
    """The chapters in order of the countries' names; `under` gives the line below a name, by iso3."""
    ordered = sorted(versions, key=lambda one: (names[one.iso3].casefold(), one.iso3))
    return tuple(
        PaperChapter(
            iso3=one.iso3,
            country=names[one.iso3],
            under=under(one.iso3),
            sections=tuple(laid_out(section) for section in one.chapter.sections if section.sentences),
            document=one.document,
            version=one.version,
            content_hash=one.content_hash,
        )
        for one in ordered
    )


def laid_out(section: Section) -> PaperSection:
    """The section in paragraphs: what an anchor's stem holds together runs on, line breaks in a text stay."""
    paragraphs: list[Paragraph] = []
    for _, run in groupby(section.sentences, key=_stem):
        sentences = list(run)
        label = _label(sentences[0])
        lines = _lines(sentences)
        paragraphs += [
            Paragraph(text if at or not label else _without(label, text), "" if at else label, bool(at and label))
            for at, text in enumerate(lines)
        ]
    return PaperSection(section.title, tuple(paragraphs))


def _stem(sentence: Sentence) -> str:
    """What holds sentences together: `overview.listed` and `overview.received`, or all that is said of one item."""
    parts = sentence.anchor.split(".")
    if len(parts) > 2:
        return ".".join(parts[:2])
    return sentence.anchor if parts[0] in ("item", "statistic", "standard", "law", "editor") else parts[0]


def _label(sentence: Sentence) -> str:
    return next((part for part in sentence.anchor.split(".") if _ITEM.fullmatch(part)), "")


def _without(label: str, text: str) -> str:
    """The text without the label at its beginning, which is printed beside it."""
    return text.removeprefix(label).lstrip(" :,.") if text.startswith(label) else text


def _lines(sentences: Iterable[Sentence]) -> list[str]:
    """Sentences of one line run on; a text of several lines keeps them."""
    lines: list[str] = []
    runs_on = False
    for sentence in sentences:
        own = [" ".join(line.split()) for line in sentence.text.splitlines() if line.strip()]
        if not own:
            continue
        if runs_on:
            lines[-1] = f"{lines[-1]} {own[0]}"
            lines += own[1:]
        else:
            lines += own
        runs_on = len(own) == 1
    return lines
