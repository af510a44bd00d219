"""Let stale sentences stand, or let what the ledger knows now join a chapter. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tipcycle.assessment.edit import confirmed
from tipcycle.config.find_country import find_country
from tipcycle.errors import StoreError
from tipcycle.model.document import ChapterVersion
from tipcycle.operations.chapter_kinds import assembled, where_drawn
from tipcycle.operations.context import context
from tipcycle.operations.draw_chapter import draw_chapter
from tipcycle.operations.import_chapter import require_editor
from tipcycle.operations.keep_chapter import keep_assembled, keep_chapter
from tipcycle.operations.read_chapter_state import newest
from tipcycle.store import Store


def confirm_sentences(
    report_year: int, country: str, anchors: Sequence[str], *, kind: str, position: str, at: datetime
) -> ChapterVersion:
    """Let stale sentences stand as their editor wrote them (or stay out), with their inputs as they are now marked.

    What the ledger knows beyond the marks was not shown, and stays to be marked. Raises `StoreError` for a sentence
    that is not stale and for a position that may not edit.
    """
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    require_editor(cycle, position)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        latest = newest(store, report_year, kind, iso3)
        known = assembled(store, cycle, kind, iso3, at=at)
        edited = confirmed(latest.chapter, anchors, known.inputs)
        if edited.faults:
            raise StoreError("\n".join(str(fault) for fault in edited.faults))
        cause = f"confirmed {', '.join(anchors)}"
        kept = keep_chapter(store, edited.chapter, latest, made_by=position, cause=cause, at=at)
        folder = where_drawn(store, kind, report_year)
    draw_chapter(cycle, kept, known.inputs, folder=folder)
    return kept


def renew_one_chapter(report_year: int, country: str, *, kind: str, at: datetime) -> tuple[ChapterVersion, bool]:
    """Let a change of the ledger that is no answer, such as a waiver, join a chapter; whether it said anything new."""
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        latest = newest(store, report_year, kind, iso3)
        known = assembled(store, cycle, kind, iso3, at=at)
        kept = keep_assembled(store, known, latest, cause="renewed", at=at)
        folder = where_drawn(store, kind, report_year)
    draw_chapter(cycle, kept, known.inputs, folder=folder)
    return kept, kept.version > latest.version
