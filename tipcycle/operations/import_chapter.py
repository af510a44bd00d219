"""Take an edited chapter's file into the ledger as its next version, with a preview first.

The file stays as it is, whatever comes of it. Two who import at once follow each other, and the second one is told
of the conflict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.assessment.edit import Change, apply_edits
from tipcycle.assessment.page_faults import changed_since
from tipcycle.assessment.support import unsupported
from tipcycle.assessment.tier_change_talk import sentences_on_tier_change
from tipcycle.errors import StoreError
from tipcycle.intake.read_chapter import read_chapter
from tipcycle.model.chapter import Chapter
from tipcycle.model.chapter_page import Head, Page, PageFault
from tipcycle.model.document import ChapterVersion
from tipcycle.operations.approval import require_position
from tipcycle.operations.chapter_kinds import FOLDERS, assembled, where_drawn
from tipcycle.operations.context import Context, context
from tipcycle.operations.draw_chapter import draw_chapter
from tipcycle.operations.keep_chapter import keep_chapter
from tipcycle.settings import settings
from tipcycle.store import Store

_NO_HEAD = (
    'the head of the file is missing: its first line, "<!-- tipcycle chapter …", says of which chapter and version '
    "it is; put it back, or export the chapter anew and carry the edits over"
)


@dataclass(frozen=True)
class ChapterImport:
    """What an import changes, or why it cannot be taken; `version` is the new one where something was stored.

    `warnings` are lines on what changed: sentences that name no source, and talk of a tier that changes.
    """

    document: str
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    faults: tuple[PageFault, ...] = ()
    version: int | None = None


def import_chapter(path: Path, *, position: str, at: datetime, preview: bool) -> ChapterImport:
    """Take in the chapter that `position` edited; nothing is stored where a line of it is in doubt.

    Raises `StoreError` for a file that cannot be read, and for a position that may not edit.
    """
    content = _content(path)
    page = _page(content)
    if page.head is None:
        return ChapterImport("", faults=(PageFault(0, _NO_HEAD), *page.faults))
    year, kind, iso3 = _document(page.head)
    cycle = context(year)
    require_editor(cycle, position)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        latest = store.chapters.latest(page.head.document)
        if latest is None:
            raise StoreError(f"{page.head.document}: no such chapter was ever written; assemble it first")
        if fault := _conflict(store, page.head, latest):
            return ChapterImport(page.head.document, faults=(fault, *page.faults))
        known = assembled(store, cycle, kind, iso3, at=at)
        edited = apply_edits(latest.chapter, page, known.inputs, editor=position)
        report = ChapterImport(
            page.head.document, edited.changes, _warnings(edited.chapter, edited.changes), edited.faults
        )
        if preview or edited.faults:
            return report
        kept = keep_chapter(store, edited.chapter, latest, made_by=position, cause="imported", at=at)
        folder = where_drawn(store, kind, year)
    if kept.version == latest.version:
        return report
    draw_chapter(cycle, kept, known.inputs, folder=folder, taken=content)
    return ChapterImport(report.document, report.changes, report.warnings, version=kept.version)


def require_editor(cycle: Context, position: str) -> None:
    """Raise `StoreError` unless the position is one of the Department's: posts answer, they do not write chapters."""
    require_position(cycle.config, position)
    if cycle.config.positions[position].post is not None:
        raise StoreError(f"{position} is at a post; chapters are edited in the Department, such as gtip.action-officer")


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}); name the file of a chapter") from error
    if len(content) > settings().max_submission_bytes:
        raise StoreError(f"{path}: is larger than {settings().max_submission_bytes:,} bytes, and no chapter is")
    return content


def _page(content: bytes) -> Page:
    try:
        return read_chapter(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StoreError(f"line {line}: the file is no text in UTF-8; save it as UTF-8 and import it again") from error


def _document(head: Head) -> tuple[int, str, str]:
    parts = head.document.split(":")
    if len(parts) != 4 or parts[0] != "document" or not parts[1].isdigit() or parts[2] not in FOLDERS:
        raise StoreError(f'the head of the file names "{head.document}", which is no chapter')
    return int(parts[1]), parts[2], parts[3]


def _conflict(store: Store, head: Head, latest: ChapterVersion) -> PageFault | None:
    """Why the file does not go with the ledger: it is of another version than the newest."""
    its_own = store.chapters.version(head.document, head.version)
    if its_own is None or its_own.content_hash != head.content_hash:
        return PageFault(
            0, f"the file is of a version {head.version} that the ledger never had; export the chapter anew"
        )
    if head.version == latest.version:
        return None
    changed = ", ".join(changed_since(its_own.chapter, latest.chapter)) or "only the order"
    return PageFault(
        0,
        f"the file is of version {head.version}, and version {latest.version} was written since ({latest.cause}); "
        f"changed since: {changed}. Export the chapter anew and carry the edits over; they stay in this file.",
    )


def _warnings(chapter: Chapter, changes: tuple[Change, ...]) -> tuple[str, ...]:
    touched = {change.anchor for change in changes}
    return (
        *(f"{one.anchor}: unsupported, it names no source" for one in unsupported(chapter) if one.anchor in touched),
        *(
            f'{one.anchor}: speaks of a tier that changes, and none does at the interim: "{one.text}"'
            for one in sentences_on_tier_change(chapter)
            if one.anchor in touched
        ),
    )
