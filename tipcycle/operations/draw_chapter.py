"""Draw the files of a chapter that stands in the ledger: Markdown to edit, Word to read. Drawing again is harmless.

A file that an officer edits where it lies is never written over: it is put aside under a name of its own.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tipcycle.assessment.draft_notes import draft_notes
from tipcycle.assessment.edit import apply_edits
from tipcycle.assessment.inputs import Inputs
from tipcycle.intake.read_chapter import read_chapter
from tipcycle.model.document import ChapterVersion
from tipcycle.operations.chapter_kinds import FOLDERS
from tipcycle.operations.context import Context
from tipcycle.rendering.chapter_markdown import chapter_markdown
from tipcycle.store import Store


def draw_chapter(
    cycle: Context, version: ChapterVersion, inputs: Inputs, *, folder: str = "", taken: bytes | None = None
) -> tuple[Path, Path]:
    """Write both files of the chapter and return where they are; `folder` is the kind's unless it is named.

    `taken` is what was just imported: that very text may be written over, its edits stand in the ledger.
    """
    target = cycle.documents / (folder or FOLDERS[version.kind])
    target.mkdir(parents=True, exist_ok=True)
    notes = draft_notes(version.chapter, inputs)
    markdown, word = target / f"{version.iso3}.md", target / f"{version.iso3}.docx"
    if markdown.exists() and markdown.read_bytes() != taken and _holds_edits(cycle, markdown):
        markdown.rename(_aside(markdown))
    markdown.write_text(chapter_markdown(version, notes), encoding="utf-8", newline="\n")
    from tipcycle.rendering.chapter_docx import write_chapter_docx  # Word's library: `status` starts without it

    write_chapter_docx(word, version.chapter, notes)
    return markdown, word


def _holds_edits(cycle: Context, path: Path) -> bool:
    """Whether the file says otherwise than the version it was drawn from; what cannot be read counts as edited."""
    page = read_chapter(path.read_text(encoding="utf-8", errors="replace"))
    if page.head is None:
        return True
    with Store.read(cycle.settings.ledger_url) as store:
        drawn = store.chapters.version(page.head.document, page.head.version)
    if drawn is None or drawn.content_hash != page.head.content_hash:
        return True
    edited = apply_edits(drawn.chapter, page, Inputs({}), editor="editor")
    return bool(edited.faults) or edited.chapter != drawn.chapter


def _aside(path: Path) -> Path:
    """`AZE.edited-1.md`, or the next number that is free."""
    names = (path.with_name(f"{path.stem}.edited-{number}.md") for number in count(1))
    return next(one for one in names if not one.exists())
