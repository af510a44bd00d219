"""Draft the interim assessment: a chapter for each entry of the special watch list, from what was accepted.

Source: 22 U.S.C. 7107(b)(2)(B); 09 STATE 97909 paras 2, 3 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tipcycle.assessment.interim_chapter import InterimChapter, assemble_interim_chapter
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import day
from tipcycle.operations.context import Context, context
from tipcycle.operations.country_limits import country_limits
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.waived_figures import waived_figures
from tipcycle.rendering.interim_chapter import chapter_markdown, made_up, write_chapter_docx
from tipcycle.store import Store

STEP = "interim-draft"


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
        if store.cycles.get(report_year).listed_at is None:
            return OwedChapters("the special watch list is not recorded yet")
        if store.obligations.get(obligation_key(report_year, STEP, None)).standing != "missing":
            return OwedChapters("the draft was made; nothing owed")
        countries = tuple(entry.iso3 for entry in store.cycles.special_watch_list(report_year))
    return OwedChapters(f"{len(countries)} chapters owed", countries)


def write_chapters(report_year: int, countries: tuple[str, ...], at: datetime) -> WrittenChapters:
    """Write these chapters as Markdown and DOCX, each by itself. Writing them again is harmless."""
    cycle = context(report_year)
    files, problems = 0, []
    with Store.read(cycle.settings.ledger_url) as store:
        for iso3 in countries:
            try:
                files += _write_chapter(store, cycle, iso3, at)
            except Exception as error:  # what is wrong with one country must not keep the others from Congress
                name = cycle.config.countries[iso3].name
                problems.append(f"{iso3} ({name}): its chapter could not be written: {error!r}")
    return WrittenChapters(files, tuple(problems))


def write_supplement(report_year: int, iso3: str, at: datetime) -> None:
    """Write a country's chapter beside the released assessment, which stays as it was released."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        _write_chapter(store, cycle, iso3, at, folder="supplements")


def _write_chapter(store: Store, cycle: Context, iso3: str, at: datetime, *, folder: str = "interim-assessment") -> int:
    year = cycle.config.report_year
    chapter = _chapter(store, cycle, iso3, at)
    examples = made_up(chapter, rehearsal=store.is_rehearsal)
    target = cycle.documents / folder
    target.mkdir(parents=True, exist_ok=True)
    text = chapter_markdown(chapter, templates=cycle.templates, report_year=year, examples=examples)
    (target / f"{iso3}.md").write_text(text, encoding="utf-8")
    write_chapter_docx(target / f"{iso3}.docx", chapter, report_year=year, examples=examples)
    return 2


def record_draft(report_year: int, at: datetime) -> None:
    """Let the draft stand as made, once every chapter is written; the next day's run writes what was not."""
    cycle = context(report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        draft = store.obligations.get(obligation_key(report_year, STEP, None))
        if draft.standing == "missing":
            fulfil(store, cycle, draft, standing="received", at=at)
            store.acts.add("assemble-interim-assessment", draft.key, actor="tipcycle", at=at)


def _chapter(store: Store, cycle: Context, iso3: str, at: datetime) -> InterimChapter:
    year = cycle.config.report_year
    report = store.obligations.get(obligation_key(year, "progress-report", iso3))
    asked = store.obligations.get(obligation_key(year, "action-request", iso3))
    (entry,) = (one for one in store.cycles.special_watch_list(year) if one.iso3 == iso3)
    accepted = store.submissions.latest(report.key)
    return assemble_interim_chapter(
        entry,
        country=cycle.config.countries[iso3].name,
        plan=cycle.config.plans.get(iso3),
        report=report,
        accepted=accepted,
        delivery=store.submissions.latest(obligation_key(year, "demarche", iso3)),
        notices=store.notices.of_obligations([report.key]),
        asked_at=asked.answered_at,
        working=cycle.places.of_owner(report.post),
        limit=country_limits(cycle.config, [iso3], on=cycle.places.washington.local_date(at))[iso3].finding,
        law=cycle.config.law,
        waived=waived_figures(store, cycle, accepted),
    )
