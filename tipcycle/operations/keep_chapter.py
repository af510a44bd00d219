"""Keep what a chapter says now as a new version, inside the caller's transaction; what says the same is none."""

from __future__ import annotations

from datetime import datetime

from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.refresh import refreshed
from tipcycle.model.chapter import Chapter
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key
from tipcycle.store import Store


def keep_assembled(
    store: Store, assembled: Assembled, latest: ChapterVersion | None, *, cause: str, at: datetime
) -> ChapterVersion:
    """The newest version after what is known joined in; `latest` is the one in the ledger, whose edits all stay."""
    chapter = assembled.chapter
    if latest:
        chapter = refreshed(latest.chapter, chapter, assembled.inputs)
    return keep_chapter(store, chapter, latest, made_by="tipcycle", cause=cause, at=at)


def keep_chapter(
    store: Store, chapter: Chapter, latest: ChapterVersion | None, *, made_by: str, cause: str, at: datetime
) -> ChapterVersion:
    """Add the next version behind `latest`, and log it; `latest` itself where it says the same."""
    if latest and latest.chapter == chapter:
        return latest
    version = ChapterVersion(
        document=document_key(chapter.report_year, chapter.kind, chapter.iso3),
        version=latest.version + 1 if latest else 1,
        report_year=chapter.report_year,
        kind=chapter.kind,
        iso3=chapter.iso3,
        made_at=at,
        made_by=made_by,
        cause=cause,
        content_hash=chapter.content_hash,
        chapter=chapter,
    )
    store.chapters.add(version)
    store.acts.add(
        "write-chapter",
        version.document,
        actor=made_by,
        at=at,
        version=version.version,
        cause=cause,
        content_hash=version.content_hash,
    )
    return version
