"""How does a chapter stand in the Markdown file that officers edit? One paragraph a sentence, its anchor above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.assessment.draft_notes import DraftNotes, stale_lines
from tipcycle.model.chapter import Sentence
from tipcycle.model.chapter_page import MARKING, NOTE, furniture
from tipcycle.model.document import ChapterVersion
from tipcycle.rendering.markdown_text import plain


def chapter_markdown(version: ChapterVersion, notes: DraftNotes) -> str:
    """The file, to be edited and imported again; what posts and editors wrote stays text, whatever signs it holds."""
    return "\n\n".join(_blocks(version, notes)) + "\n"


def _blocks(version: ChapterVersion, notes: DraftNotes) -> Iterator[str]:
    chapter = version.chapter
    yield f"<!-- tipcycle chapter {version.document} version {version.version} content {version.content_hash} -->"
    yield from furniture(chapter, version.version)
    for section in chapter.sections:
        yield f"## {section.title}\n<!-- # {section.id} -->"
        for sentence in section.sentences:
            if sentence.stale:
                yield _note("stale, an input changed since this was written", stale_lines(sentence))
            yield f"<!-- @ {sentence.anchor} -->\n{plain(sentence.text)}"
    if lines := (*notes.lines, *_taken_out(chapter.removed)):
        yield _note("on this draft", lines)
    yield MARKING


def _taken_out(removed: tuple[Sentence, ...]) -> Iterator[str]:
    for one in removed:
        yield f"Taken out: {one.anchor}: {one.text}"


def _note(title: str, lines: tuple[str, ...]) -> str:
    told = "\n".join(_harmless(line) for line in lines)
    return f"{NOTE}: {_harmless(title)}\n{told}\n-->"


def _harmless(line: str) -> str:
    """A line that cannot end the comment it stands in."""
    return re.sub("-(?=-)", "- ", line)
