"""What does the interim assessment say as a whole? Front page, method, the list by group, chapters and annexes.

Nothing here reads a tier of the coming Report: no tier changes at the interim (09 STATE 97909 paras 3 and 8).
Source: 22 U.S.C. 7107(b)(2)(B); DESIGN 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tipcycle.assessment.front_page import changed_line, due_lines, edition_line, footer_line, without_concurrence
from tipcycle.assessment.missing_reports import missing_reports, reports_not_required
from tipcycle.assessment.paper_chapters import paper_chapters
from tipcycle.calendar.places import Places
from tipcycle.model.assessment_paper import Edition, Front, GroupRow, InterimPaper, ListGroup
from tipcycle.model.clearance import Override
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.document import ChapterVersion, DocumentKind
from tipcycle.model.keys import document_key
from tipcycle.model.moment import long_day
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Group, Listed
from tipcycle.rules.statutory_due_days import interim_due_day

SENSITIVE, PUBLIC = "SENSITIVE BUT UNCLASSIFIED", "UNCLASSIFIED"
NOT_A_COUNTRY = "not counted as a country"
EXAMPLE_PLANS = (
    "EXAMPLE DATA: some plans followed up here are examples, drawn from a library of general recommendations."
)
EXAMPLE_ANSWERS = "EXAMPLE DATA: the answers in this assessment are made up for a rehearsal."

_GROUPS: dict[Group, str] = {
    "tier_2_watch_list": "Tier 2 Watch List",
    "moved_up_from_3": "Moved up from Tier 3",
    "moved_up_to_1": "Moved up to Tier 1",
}


@dataclass(frozen=True)
class Gathered:
    """What the ledger holds for one compiled assessment.

    `chapters` are the newest versions, `reports` what posts owe for it, `notices` those of `reports` by obligation,
    `overrides` every decision of the cycle to go on without a position, by document. `released_on` is the day of the
    first release, `planned_on` that of the plan now in force, `text` the hash of the compiled text.
    """

    edition: Edition
    chapters: tuple[ChapterVersion, ...]
    reports: tuple[Obligation, ...]
    notices: Mapping[str, Sequence[Notice]]
    overrides: Mapping[str, Sequence[Override]]
    method: tuple[str, ...]
    planned_on: date
    text: str = ""
    released_on: date | None = None
    rehearsal: bool = False


def compile_interim(
    gathered: Gathered, listed: Iterable[Listed], *, config: CycleConfig, places: Places
) -> InterimPaper:
    """The interim assessment as it would be printed now."""
    listed = tuple(listed)
    titles = {entry.iso3: _under(entry) for entry in listed}
    finding = interim_due_day(config.law, report_year=config.report_year)
    front = front_of(
        "interim-assessment",
        gathered,
        config=config,
        places=places,
        title="Trafficking in Persons Interim Assessment",
        subtitle=f"Progress of the countries on the special watch list after the {config.previous_report} Report",
        release_step="interim-release",
        source=finding.source,
    )
    names = {iso3: country.name for iso3, country in config.countries.items()}
    return InterimPaper(
        front=front,
        groups=list_groups(listed, names),
        chapters=paper_chapters(gathered.chapters, names=names, under=lambda iso3: titles.get(iso3, "")),
        missing=missing_reports(gathered.reports, gathered.notices, config=config, places=places),
        not_required=reports_not_required(gathered.reports, config=config, places=places),
    )


def list_groups(listed: Iterable[Listed], names: Mapping[str, str]) -> tuple[ListGroup, ...]:
    """The three groups of the list, each in order of the countries' names; an empty one stays, and says 0."""
    listed = tuple(listed)
    groups = []
    for group, title in _GROUPS.items():
        entries = sorted((one for one in listed if one.group == group), key=lambda one: names[one.iso3].casefold())
        rows = tuple(GroupRow(names[one.iso3], "" if one.counted else NOT_A_COUNTRY) for one in entries)
        counted = sum(one.counted for one in entries)
        groups.append(ListGroup(title, counted, len(entries) - counted, rows))
    return tuple(groups)


def front_of(
    document: DocumentKind,
    gathered: Gathered,
    *,
    config: CycleConfig,
    places: Places,
    title: str,
    subtitle: str,
    release_step: str,
    source: str,
) -> Front:
    """The front page of either assessment."""
    edition = gathered.edition
    texts = {document_key(config.report_year, document, None): ("The assessment as a whole", gathered.text)}
    names = {one.document: (config.countries[one.iso3].name, one.content_hash) for one in gathered.chapters}
    return Front(
        report_year=config.report_year,
        title=title,
        subtitle=subtitle,
        marking=marking_of(document, edition),
        examples=_examples(gathered, config),
        edition=edition,
        edition_line=edition_line(edition),
        changed=changed_line(edition),
        footer=footer_line(edition),
        due=due_lines(
            edition,
            statutory_on=config.calendar.step(release_step).statutory_on,
            planned_on=gathered.planned_on,
            released_on=gathered.released_on,
            source=source,
        ),
        method=gathered.method,
        without=without_concurrence(
            gathered.overrides,
            texts | dict(sorted(names.items(), key=lambda item: item[1][0].casefold())),
            positions=config.positions,
            washington=places.washington,
            released=edition.nature != "draft",
        ),
    )


def marking_of(document: DocumentKind, edition: Edition) -> str:
    """How every page is marked: the released Report is public, its drafts and every interim assessment are not.

    Source: 22 U.S.C. 7107(b)(1) (the Report is published); 12 FAM 540 (Sensitive But Unclassified). Reading: the
    interim assessment goes to the committees of Congress under 22 U.S.C. 7107(b)(2)(B), and stays marked.
    """
    return PUBLIC if document == "full-assessment" and edition.nature != "draft" else SENSITIVE


def period(start: date, end: date) -> str:
    """`May 1, 2009 to November 30, 2009`."""
    return f"{long_day(start)} to {long_day(end)}"


def _examples(gathered: Gathered, config: CycleConfig) -> tuple[str, ...]:
    plans = any(plan.example for one in gathered.chapters if (plan := config.plans.get(one.iso3)))
    return (EXAMPLE_PLANS,) * plans + (EXAMPLE_ANSWERS,) * gathered.rehearsal


def _under(entry: Listed) -> str:
    territory = "" if entry.counted else f" · {NOT_A_COUNTRY}"
    return f"Special watch list: {_GROUPS[entry.group]}{territory}"
