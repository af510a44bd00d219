"""How is a chapter laid out on paper? Its sentences run on in paragraphs, and what answers an item bears its label.

What a post wrote for the office alone stays in the chapter, where officers see it, and is not printed: its remarks,
what it asked for beside the plan, and how it judges each minimum standard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from tipcycle.model.assessment_paper import PaperChapter, PaperSection, Paragraph
from tipcycle.model.chapter import Section, Sentence
from tipcycle.model.document import ChapterVersion

_LABEL = re.compile(r"[A-Z]{2,4}[1-9][0-9]?|[1-9](?:\.[1-9][0-9]?)?")

_INTERNAL_SECTIONS = ("added", "remarks")
_INTERNAL = re.compile(r"(item|next|beside)\.(progress-report\.)?POST[0-9].*|verdict\..*")


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
            sections=tuple(laid_out(section) for section in map(_printed, one.chapter.sections) if section.sentences),
            document=one.document,
            version=one.version,
            content_hash=one.content_hash,
        )
        for one in ordered
    )


def laid_out(section: Section) -> PaperSection:
    """The section in paragraphs: sentences without a stem of their own run on, an item begins with its label."""
    paragraphs: list[Paragraph] = []
    for stem, run in groupby(section.sentences, key=_stem):
        label = stem if _LABEL.fullmatch(stem) else ""
        lines = _lines(run, runs_on=not label)
        first = not label or not paragraphs or paragraphs[-1].label != label
        for at, text in enumerate(lines):
            begins = bool(label) and first and at == 0
            shown = _without(label, text) if begins else text
            paragraphs.append(Paragraph(shown, label if begins else "", continues=bool(label) and not begins))
    return PaperSection(section.title, tuple(paragraphs))


def _printed(section: Section) -> Section:
    """The section without what is for the office alone."""
    internal = section.id in _INTERNAL_SECTIONS
    kept = () if internal else tuple(one for one in section.sentences if not _INTERNAL.fullmatch(one.anchor))
    return replace(section, sentences=kept)


def _stem(sentence: Sentence) -> str:
    """What holds sentences together: `HP1` or `4.1` for all that is said of it, "" for plain words, else the anchor."""
    parts = sentence.anchor.split(".")
    if parts[0] == "standard":
        return sentence.anchor.removeprefix("standard.")
    if parts[0] in ("item", "next") and len(parts) > 1:
        return parts[1]
    return "" if len(parts) == 1 else sentence.anchor


def _without(label: str, text: str) -> str:
    """The text without the label at its beginning, which is printed beside it."""
    if not text.startswith(label):
        return text
    rest = text.removeprefix(label).lstrip(" :,.")
    return f"{rest[:1].upper()}{rest[1:]}"


def _lines(sentences: Iterable[Sentence], *, runs_on: bool) -> list[str]:
    """Paragraphs: sentences of one line run on if they may; a text of several lines keeps them."""
    lines: list[str] = []
    joins = False
    for sentence in sentences:
        own = [" ".join(line.split()) for line in sentence.text.splitlines() if line.strip()]
        if own and joins:
            lines[-1] = f"{lines[-1]} {own[0]}"
            own = own[1:]
        lines += own
        joins = runs_on and "\n" not in sentence.text.strip()
    return lines
