"""Draft the full assessment: a chapter for every country that a post covers, asked or not, placed or not.

Each batch is kept in the ledger in one transaction first; its files are drawn after the commit.
Source: 22 U.S.C. 7107(b)(1); DESIGN 1 and 6.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tipcycle.assessment.inputs import Inputs
from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.moment import day
from tipcycle.model.submission import Accepted
from tipcycle.operations.assemble_interim_assessment import OwedChapters, WrittenChapters
from tipcycle.operations.chapter_kinds import where_drawn
from tipcycle.operations.context import Context, context
from tipcycle.operations.draw_chapter import draw_chapter
from tipcycle.operations.full_facts import full_chapters
from tipcycle.operations.keep_chapter import keep_assembled
from tipcycle.operations.obligation_life import fulfil
from tipcycle.store import Store

STEP = "full-draft"
KIND = "full-chapter"


def owed_full_chapters(report_year: int, at: datetime) -> OwedChapters:
    """Which chapters are owed at `at`: from the planned day of the draft on, until it was made; in order of iso3."""
    cycle = context(report_year)
    planned = cycle.config.calendar.step(STEP).planned_on
    if cycle.places.washington.local_date(at) < planned:
        return OwedChapters(f"not before {day(planned)}")
    with Store.read(cycle.settings.ledger_url) as store:
        known = store.cycles.find(report_year)
        if known is None or known.closed_at:
            return OwedChapters(f"cycle {report_year} is {'closed' if known else 'not open yet'}")
        key = obligation_key(report_year, STEP, None)
        draft = store.obligations.by_key([key]).get(key)
    if draft is None or draft.opened_at is None:
        return OwedChapters("the reporting instructions are not out yet")
    if draft.standing != "missing":
        return OwedChapters("the draft was made; nothing owed")
    countries = tuple(sorted(cycle.config.countries))
    return OwedChapters(f"{counted_of(len(countries), 'chapter')} owed", countries)


def write_full_chapters(report_year: int, countries: tuple[str, ...], at: datetime) -> WrittenChapters:
    """Keep these chapters in the ledger and draw them as Markdown and DOCX, each by itself.

    Writing them again is harmless: what an editor wrote stays, and what says the same is no new version.
    """
    cycle = context(report_year)
    problems: list[str] = []
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        kept = keep_full_chapters(store, cycle, countries, cause="assembled", at=at, problems=problems)
    files = 0
    for iso3, (version, inputs) in kept.items():
        try:
            files += len(draw_chapter(cycle, version, inputs))
        except Exception as error:  # a file that cannot be written must not keep the others from the Report
            problems.append(_problem(cycle, iso3, error))
    return WrittenChapters(files, tuple(problems))


def keep_full_chapters(
    store: Store, cycle: Context, countries: Collection[str], *, cause: str, at: datetime, problems: list[str]
) -> dict[str, tuple[ChapterVersion, Inputs]]:
    """The newest version of each chapter and its inputs, by iso3; a country at fault is told in `problems`."""
    latest = store.chapters.latest_of_cycle(cycle.config.report_year, KIND, countries)
    kept = {}
    for iso3, assemble in full_chapters(store, cycle, countries, at).items():
        try:
            assembled = assemble()
        except Exception as error:  # what is wrong with one country must not keep the others from the Report
            problems.append(_problem(cycle, iso3, error))
        else:
            version = keep_assembled(store, assembled, latest.get(iso3), cause=cause, at=at)
            kept[iso3] = (version, assembled.inputs)
    return kept


def renew_full_chapter(store: Store, cycle: Context, accepted: Accepted, *, at: datetime) -> bool:
    """Let an answer join the chapter that stands in the ledger, in the transaction that accepts it.

    A chapter that was not written yet is left to its draft. Returns whether there was one.
    """
    country = accepted.submission.country
    latest = store.chapters.latest(document_key(cycle.config.report_year, KIND, country))
    if latest is None:
        return False
    cause = f"{accepted.submission.step} v{accepted.version} came"
    for assemble in full_chapters(store, cycle, [country], at).values():
        keep_assembled(store, assemble(), latest, cause=cause, at=at)
    return True


def renew_placed_chapters(store: Store, cycle: Context, countries: Collection[str], *, at: datetime) -> None:
    """Let placements join the chapters that stand in the ledger, in the transaction that records them.

    Raises `StoreError` where one cannot be assembled: a chapter never says less than the placement does.
    """
    written = store.chapters.latest_of_cycle(cycle.config.report_year, KIND, countries)
    problems: list[str] = []
    keep_full_chapters(store, cycle, list(written), cause="placed", at=at, problems=problems)
    if problems:
        raise StoreError("\n".join(problems))


def draw_full_chapters(report_year: int, countries: Collection[str], at: datetime) -> int:
    """Draw the files of these chapters as they stand in the ledger; those not written yet are left out."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        latest = store.chapters.latest_of_cycle(report_year, KIND, countries)
        assemble = full_chapters(store, cycle, latest, at)
        kept = [(version, assemble[iso3]().inputs) for iso3, version in latest.items()]
        folder = where_drawn(store, KIND, report_year)
    return sum(len(draw_chapter(cycle, version, inputs, folder=folder)) for version, inputs in kept)


def record_full_draft(report_year: int, at: datetime) -> None:
    """Let the draft stand as made, once every chapter is written; the next day's run writes what was not."""
    cycle = context(report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        draft = store.obligations.get(obligation_key(report_year, STEP, None))
        if draft.standing == "missing":
            fulfil(store, cycle, draft, standing="received", at=at)
            store.acts.add("assemble-full-assessment", draft.key, actor="tipcycle", at=at)


def _problem(cycle: Context, iso3: str, error: Exception) -> str:
    return f"{iso3} ({cycle.config.countries[iso3].name}): its chapter could not be written: {error!r}"
