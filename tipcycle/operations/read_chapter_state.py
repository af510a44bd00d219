"""How does a chapter stand: what it says, what that rests on, and what has to be looked at? Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.assessment.draft_notes import DraftNotes, draft_notes
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key
from tipcycle.operations.chapter_kinds import assembled, where_drawn
from tipcycle.operations.context import context
from tipcycle.operations.draw_chapter import draw_chapter
from tipcycle.store import Store


@dataclass(frozen=True)
class ChapterState:
    """The newest version, and the notes on it with the inputs as they are now."""

    version: ChapterVersion
    notes: DraftNotes


def read_chapter_state(report_year: int, country: str, *, kind: str, at: datetime) -> ChapterState:
    """The chapter of a country named by iso3 or name; raises `StoreError` where none was written yet."""
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    with Store.read(cycle.settings.ledger_url) as store:
        version = newest(store, report_year, kind, iso3)
        known = assembled(store, cycle, kind, iso3, at=at)
    return ChapterState(version, draft_notes(version.chapter, known.inputs))


def export_chapter(report_year: int, country: str, *, kind: str, at: datetime) -> tuple[Path, Path]:
    """Draw the files of a chapter as it stands in the ledger; one that holds edits is put aside, not written over."""
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    with Store.read(cycle.settings.ledger_url) as store:
        version = newest(store, report_year, kind, iso3)
        known = assembled(store, cycle, kind, iso3, at=at)
        folder = where_drawn(store, kind, report_year)
    return draw_chapter(cycle, version, known.inputs, folder=folder)


def newest(store: Store, report_year: int, kind: str, iso3: str) -> ChapterVersion:
    """The newest version of a chapter; raises `StoreError` where none was written yet."""
    version = store.chapters.latest(document_key(report_year, kind, iso3))
    if version is None:
        raise StoreError(f"{iso3}: its {kind} of cycle {report_year} is not written yet; tipcycle assemble writes it")
    return version
