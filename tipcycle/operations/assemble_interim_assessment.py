"""Draft the interim assessment: a chapter for each entry of the special watch list, from what was accepted.

Each chapter is kept as a version in the ledger first; its files are drawn after the commit.
Source: 22 U.S.C. 7107(b)(2)(B); 09 STATE 97909 paras 2, 3 and 8.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tipcycle.assessment.inputs import Inputs
from tipcycle.model.counted import counted_of
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import day
from tipcycle.operations.context import Context, context
from tipcycle.operations.draw_chapter import draw_chapter
from tipcycle.operations.interim_facts import interim_chapters
from tipcycle.operations.keep_chapter import keep_assembled
from tipcycle.operations.list_now import not_recorded
from tipcycle.operations.obligation_life import fulfil
from tipcycle.store import Store

STEP = "interim-draft"
KIND = "interim-chapter"


@dataclass(frozen=True)
class OwedChapters:
    """Entries whose chapter is to be drafted, in order of iso3; `line` says how things stand."""

    line: str
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrittenChapters:
    """How many files were written, and for each chapter that could not be, its country and why."""

    files: int
    problems: tuple[str, ...] = ()


def owed_chapters(report_year: int, at: datetime) -> OwedChapters:
    """Which chapters are owed at `at`: from the planned day of the draft on, until it was made."""
    cycle = context(report_year)
    planned = cycle.config.calendar.step(STEP).planned_on
    if cycle.places.washington.local_date(at) < planned:
        return OwedChapters(f"not before {day(planned)}")
    with Store.read(cycle.settings.ledger_url) as store:
        known = store.cycles.find(report_year)
        if known is None or known.closed_at:
            return OwedChapters(f"cycle {report_year} is {'closed' if known else 'not open yet'}")
        if known.listed_at is None:
            return OwedChapters(not_recorded(cycle))
        if store.obligations.get(obligation_key(report_year, STEP, None)).standing != "missing":
            return OwedChapters("the draft was made; nothing owed")
        countries = tuple(entry.iso3 for entry in store.cycles.special_watch_list(report_year))
    return OwedChapters(f"{counted_of(len(countries), 'chapter')} owed", countries)


def write_chapters(report_year: int, countries: tuple[str, ...], at: datetime) -> WrittenChapters:
    """Keep these chapters in the ledger and draw them as Markdown and DOCX, each by itself.

    Writing them again is harmless: what an editor wrote stays, and what says the same is no new version.
    """
    cycle = context(report_year)
    problems: list[str] = []
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        kept = keep_chapters(store, cycle, countries, cause="assembled", at=at, problems=problems)
    return _drawn(cycle, kept, problems)


def keep_chapters(
    store: Store, cycle: Context, countries: Collection[str], *, cause: str, at: datetime, problems: list[str]
) -> dict[str, tuple[ChapterVersion, Inputs]]:
    """The newest version of each chapter and its inputs, by iso3; a country at fault is told in `problems`."""
    latest = store.chapters.latest_of_cycle(cycle.config.report_year, KIND, countries)
    kept = {}
    for iso3, assemble in interim_chapters(store, cycle, countries, at).items():
        try:
            assembled = assemble()
        except Exception as error:  # what is wrong with one country must not keep the others from Congress
            problems.append(_problem(cycle, iso3, error))
        else:
            version = keep_assembled(store, assembled, latest.get(iso3), cause=cause, at=at)
            kept[iso3] = (version, assembled.inputs)
    return kept


def draw_chapters(report_year: int, countries: Collection[str], at: datetime, *, folder: str = "") -> WrittenChapters:
    """Draw the files of these chapters as they stand in the ledger."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        latest = store.chapters.latest_of_cycle(report_year, KIND, countries)
        assemble = interim_chapters(store, cycle, latest, at)
        kept = {iso3: (version, assemble[iso3]().inputs) for iso3, version in latest.items()}
    return _drawn(cycle, kept, [], folder=folder)


def _drawn(
    cycle: Context, kept: dict[str, tuple[ChapterVersion, Inputs]], problems: list[str], *, folder: str = ""
) -> WrittenChapters:
    files = 0
    for iso3, (version, inputs) in kept.items():
        try:
            files += len(draw_chapter(cycle, version, inputs, folder=folder))
        except Exception as error:  # nor must a file that cannot be written
            problems.append(_problem(cycle, iso3, error))
    return WrittenChapters(files, tuple(problems))


def _problem(cycle: Context, iso3: str, error: Exception) -> str:
    return f"{iso3} ({cycle.config.countries[iso3].name}): its chapter could not be written: {error!r}"


def record_draft(report_year: int, at: datetime) -> None:
    """Let the draft stand as made, once every chapter is written; the next day's run writes what was not."""
    cycle = context(report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        draft = store.obligations.get(obligation_key(report_year, STEP, None))
        if draft.standing == "missing":
            fulfil(store, cycle, draft, standing="received", at=at)
            store.acts.add("assemble-interim-assessment", draft.key, actor="tipcycle", at=at)
