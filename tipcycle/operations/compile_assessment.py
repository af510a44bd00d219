"""What does a compiled assessment say now, frozen, and which files are drawn from that alone?

Clearance keeps the frozen value with a release, so that the released text can be drawn again byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tipcycle.assessment.compiled import Gathered, compile_interim, period
from tipcycle.assessment.compiled_full import compile_full
from tipcycle.errors import StoreError
from tipcycle.model.assessment_paper import AssessmentPaper, Edition, Nature, paper_as_json, paper_from_json
from tipcycle.model.document import CHAPTERS_OF, ChapterVersion, Release
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.submission import Accepted
from tipcycle.operations.context import Context, context
from tipcycle.operations.frozen_templates import templates_of, with_templates
from tipcycle.rendering.assessment_files import assessment_files
from tipcycle.rendering.templates import render
from tipcycle.rules.placement_in_force import placements_in_force
from tipcycle.store import Store

# What an assessment rests on, what its release is, and where its method is told.
_REPORT = {"interim-assessment": "progress-report", "full-assessment": "annual-submission"}
_RELEASE = {"interim-assessment": "interim-release", "full-assessment": "report-release"}
_METHOD = {
    "interim-assessment": "assessment/interim_method.txt.j2",
    "full-assessment": "assessment/full_method.txt.j2",
}


def frozen_inputs(
    store: Store,
    cycle: Context,
    document: str,
    *,
    at: datetime,
    nature: Nature = "draft",
    version: int = 0,
    reason: str = "",
    changed: Iterable[str] = (),
) -> dict[str, Any]:
    """All that is printed in `document` (such as `interim-assessment`) as it would be now, with its templates, as JSON.

    A release, supplement or erratum gives its nature, version and reason, and the countries (iso3)
    whose chapter changed since the version before; without them it is a draft.
    Raises `StoreError` where no chapter is written yet.
    """
    names = sorted((cycle.config.countries[iso3].name for iso3 in changed), key=str.casefold)
    edition = Edition(nature, version, cycle.places.washington.local_date(at), reason, tuple(names))
    return with_templates(paper_as_json(_paper(store, cycle, document, edition, at)), cycle.templates)


def compile_files(inputs: Mapping[str, Any], templates: Path) -> dict[str, bytes]:
    """The files by name, from nothing but `inputs`; those without templates of their own are drawn from `templates`."""
    return assessment_files(paper_from_json(dict(inputs)), templates=templates_of(inputs, templates))


def write_draft(report_year: int, document: str, at: datetime) -> list[Path]:
    """Draw the compiled assessment as it stands, marked DRAFT, into var/documents/YEAR/; return the files."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        inputs = frozen_inputs(store, cycle, document, at=at)
    cycle.documents.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in compile_files(inputs, cycle.templates).items():
        path = cycle.documents / f"DRAFT-{name}"
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        paths.append(partial.rename(path))
    return paths


def _paper(store: Store, cycle: Context, document: str, edition: Edition, at: datetime) -> AssessmentPaper:
    config, places = cycle.config, cycle.places
    gathered = _gathered(store, cycle, document, edition)
    if document == "interim-assessment":
        listed = store.cycles.special_watch_list(config.report_year)
        return compile_interim(gathered, listed, config=config, places=places)
    on = places.washington.local_date(at)
    last = placements_in_force(config.placements, config.previous_report, on=on)
    return compile_full(
        gathered,
        decided={iso3: one.tier for iso3, one in store.tiers.placements(config.report_year).items()},
        last={iso3: one.tier for iso3, one in last.items()},
        accepted=_by_country(store.submissions.latest_of_cycle(config.report_year, _REPORT[document]).values()),
        before=_by_country(store.submissions.latest_of_cycle(config.previous_report, _REPORT[document]).values()),
        config=config,
        places=places,
    )


def _gathered(store: Store, cycle: Context, document: str, edition: Edition) -> Gathered:
    """One query a table, however many countries there are."""
    year, calendar = cycle.config.report_year, cycle.config.calendar
    chapters = tuple(store.chapters.latest_of_cycle(year, CHAPTERS_OF[document]).values())
    if not chapters:
        raise StoreError(
            f"{document} {year}: no chapter is written yet; run: tipcycle assemble --document {document} "
            f"--report-year {year}"
        )
    reports = tuple(store.obligations.of_cycle(year, step=_REPORT[document]))
    missing = [one.key for one in reports if one.standing == "missing"]
    key = obligation_key(year, _RELEASE[document], None)
    release = store.obligations.by_key([key]).get(key)
    released = store.releases.of_document(document_key(year, document, None))
    covers = calendar.interim_period if document == "interim-assessment" else calendar.reporting_period
    method = render(
        cycle.templates,
        _METHOD[document],
        report_year=year,
        period=period(covers.start, covers.end),
        period_source=covers.source,
    )
    notices: dict[str, list[Any]] = {}
    for notice in store.notices.of_obligations(missing):
        notices.setdefault(notice.obligation, []).append(notice)
    return Gathered(
        edition=edition,
        chapters=chapters,
        text=_text_of(chapters),
        reports=reports,
        notices=notices,
        overrides=store.clearances.overrides(year),
        method=tuple(" ".join(one.split()) for one in method.split("\n\n") if one.strip()),
        planned_on=release.planned_on if release else calendar.step(_RELEASE[document]).planned_on,
        released_on=_released_on(cycle, released, edition),
        rehearsal=store.is_rehearsal,
    )


def _released_on(cycle: Context, released: Sequence[Release], edition: Edition) -> date | None:
    """The day of the first release; of what is being released now, today."""
    if released:
        return cycle.places.washington.local_date(released[0].released_at)
    return None if edition.nature == "draft" else edition.on


def _text_of(chapters: Iterable[ChapterVersion]) -> str:
    """The hash of the compiled text, from that of each chapter: what a clearance of the whole is a clearance of."""
    lines = sorted(f"{one.document} {one.content_hash}\n" for one in chapters)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _by_country(answers: Iterable[Accepted]) -> dict[str, Accepted]:
    return {one.submission.country: one for one in answers}
