"""Draw the files of a chapter that stands in the ledger: Markdown to edit, Word to read. Drawing again is harmless."""

from __future__ import annotations

from pathlib import Path

from tipcycle.assessment.draft_notes import draft_notes
from tipcycle.assessment.inputs import Inputs
from tipcycle.model.document import ChapterVersion
from tipcycle.operations.chapter_kinds import FOLDERS
from tipcycle.operations.context import Context
from tipcycle.rendering.chapter_docx import write_chapter_docx
from tipcycle.rendering.chapter_markdown import chapter_markdown


def draw_chapter(cycle: Context, version: ChapterVersion, inputs: Inputs, *, folder: str = "") -> tuple[Path, Path]:
    """Write both files of the chapter and return where they are; `folder` is the kind's unless it is named."""
    target = cycle.documents / (folder or FOLDERS[version.kind])
    target.mkdir(parents=True, exist_ok=True)
    notes = draft_notes(version.chapter, inputs)
    markdown, word = target / f"{version.iso3}.md", target / f"{version.iso3}.docx"
    markdown.write_text(chapter_markdown(version, notes), encoding="utf-8", newline="\n")
    write_chapter_docx(word, version.chapter, notes)
    return markdown, word
