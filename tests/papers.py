"""Compiled assessments that tests start from: a few countries, made-up chapters, a ledger's notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import config, listed, notices, obligation, places, utc
from tipcycle.assessment.compiled import Gathered, compile_interim
from tipcycle.assessment.compiled_full import compile_full
from tipcycle.model.assessment_paper import Edition, FullPaper, InterimPaper
from tipcycle.model.chapter import Chapter, ChapterKind, Section, Sentence
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key
from tipcycle.model.obligation import Obligation
from tipcycle.model.submission import Accepted, Submission

DRAFT = Edition("draft", 0, date(2009, 12, 18))
REPORTED = "Twelve persons were referred to the shelter."


def said(anchor: str, text: str) -> Sentence:
    """A sentence as assembled."""
    return Sentence(anchor, text, generated=text)


def chapter_version(iso3: str, *, reported: str = REPORTED, kind: ChapterKind = "interim-chapter") -> ChapterVersion:
    """The first version of a small chapter."""
    sections = (
        Section(
            "received",
            "How the report was received",
            (
                said("placement", "Tier 2 Watch List in the 2009 Report."),
                said("received", "Progress report received on November 10, 2009, version 1."),
            ),
        ),
        Section(
            "high-priority",
            "High-priority items",
            (
                said("item.HP1.grade", "HP1, begun: Use the referral mechanism."),
                said("item.HP1.reported", reported),
                said("item.HP2.grade", "HP2, no answer: Pay for the plan."),
            ),
        ),
        Section("statistics", "Statistics", (said("statistic.convictions", "Convictions: 12, of them 3 for labor."),)),
    )
    chapter = Chapter(kind, 2010, iso3, config().countries[iso3].name, sections)
    key = document_key(2010, kind, iso3)
    at = utc("2009-12-18 14:00")
    return ChapterVersion(key, 1, 2010, kind, iso3, at, "tipcycle", "assembled", chapter.content_hash, chapter=chapter)


def gathered(countries: Sequence[str] = ("OMN", "AZE", "ANT"), **changed: Any) -> Gathered:
    """What a ledger might hold for these countries: every report came."""
    reported = changed.pop("reported", REPORTED)
    kind: ChapterKind = changed.pop("kind", "interim-chapter")
    values: dict[str, Any] = {
        "edition": DRAFT,
        "chapters": tuple(chapter_version(one, reported=reported, kind=kind) for one in countries),
        "reports": tuple(obligation(one, standing="received") for one in countries),
        "notices": {},
        "overrides": {},
        "method": ("It covers May 1, 2009 to November 30, 2009.", "It changes no placement."),
        "planned_on": date(2010, 1, 29),
        "rehearsal": True,
    }
    return Gathered(**(values | changed))


def reminded(of: Obligation) -> dict[str, Any]:
    """The notices of a missing report as if each had gone out when it was due."""
    return {of.key: [replace(one, state="sent", decided_at=one.due_at) for one in notices(of)]}


def interim_paper(countries: Sequence[str] = ("OMN", "AZE", "ANT"), **changed: Any) -> InterimPaper:
    """The compiled interim assessment of these countries, beside the whole list."""
    entries = changed.pop("listed", listed().values())
    return compile_interim(gathered(countries, **changed), entries, config=config(), places=places())


def annual(iso3: str, *statistics: dict[str, Any], year: int = 2010) -> Accepted:
    """An annual submission with these figures, each over the reporting period and provided unless it says else."""
    period = {"from": f"{year - 1}-04-01", "to": f"{year}-03-31"}
    figures = [{"period": period, "status": "provided"} | one for one in statistics]
    submission = Submission.model_validate(
        {
            "tipcycle": "submission/1",
            "report_year": year,
            "step": "annual-submission",
            "country": iso3,
            "post": "Baku",
            "submitted_by": "baku.action-officer",
            "statistics": figures,
        }
    )
    at = utc("2010-02-20 12:00")
    key = f"obligation:{year}:annual-submission:{iso3}"
    return Accepted(key, 1, at, late=False, complete=True, content_hash="", file_name="", submission=submission)


def full_paper(countries: Sequence[str] = ("OMN", "AZE", "ANT"), **changed: Any) -> FullPaper:
    """The compiled full assessment of these countries."""
    values: dict[str, Any] = {"decided": {}, "last": {}, "accepted": {}, "before": {}}
    own = {name: changed.pop(name) for name in values if name in changed}
    held = gathered(countries, kind="full-chapter", planned_on=date(2010, 6, 14), **changed)
    return compile_full(held, config=config(), places=places(), **(values | own))
