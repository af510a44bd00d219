"""Azerbaijan's facts and chapter, as tests vary them; every answer is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import config, notices, obligation, places, utc
from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.interim_chapter import assemble_interim_chapter
from tipcycle.assessment.interim_inputs import InterimFacts, interim_inputs
from tipcycle.model.chapter import Chapter
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key
from tipcycle.model.placement import Listed
from tipcycle.model.submission import Accepted, Submission
from tipcycle.operations.country_limits import country_limits

ASKED, ON_TIME, LATE = utc("2009-09-21 14:00"), utc("2009-11-10 09:00"), utc("2009-11-15 20:00")
ENTRY = Listed("AZE", "tier_2_watch_list", True, "2009 Report: Tier 2 Watch List; 2008 Report: Tier 2 Watch List")
_LIMIT = country_limits(config(), ["AZE"], on=date(2009, 12, 18))["AZE"].finding
_SENT = {-30: utc("2009-10-16 04:00"), -1: utc("2009-11-13 05:00"), 3: utc("2009-11-18 05:00")}
_HISTORY = [
    replace(one, state="sent", decided_at=_SENT[one.days]) if one.days in _SENT else one
    for one in notices(obligation())
]


def facts(
    submission: Submission | None = None,
    *,
    delivery: Submission | None = None,
    version: int = 1,
    complete: bool = True,
    **changed: Any,
) -> InterimFacts:
    """What is known of Azerbaijan; `changed` are fields of its obligation to report."""
    owed = obligation("AZE", **changed)
    return InterimFacts(
        ENTRY,
        country="Azerbaijan",
        plan=config().plans["AZE"],
        report=owed,
        accepted=_accepted(owed.key, submission, version, complete=complete) if submission else None,
        delivery=_accepted("obligation:2010:demarche:AZE", delivery, 1) if delivery else None,
        notices=_HISTORY,
        asked_at=ASKED,
        working=places().of_owner("baku"),
        limit=_LIMIT,
        law=config().law,
        positions=config().positions,
    )


def assembled(submission: Submission | None = None, **changed: Any) -> Assembled:
    """Its chapter with the inputs; a report came on time unless `changed` says otherwise."""
    if submission and "standing" not in changed:
        changed |= {"standing": "received", "answered_at": changed.get("answered_at", ON_TIME)}
    known = facts(submission, **changed)
    inputs = interim_inputs(known)
    return Assembled(inputs, assemble_interim_chapter(known, inputs))


def text(chapter: Chapter, anchor: str) -> str:
    """The text of one sentence; "" where there is none."""
    found = chapter.find(anchor)
    return found.text if found else ""


def kept(chapter: Chapter, version: int = 1) -> ChapterVersion:
    """The chapter as a version of the ledger."""
    return ChapterVersion(
        document_key(chapter.report_year, chapter.kind, chapter.iso3),
        version,
        chapter.report_year,
        chapter.kind,
        chapter.iso3,
        made_at=utc("2009-12-18 12:00"),
        made_by="tipcycle",
        cause="assembled",
        content_hash=chapter.content_hash,
        chapter=chapter,
    )


def _accepted(key: str, submission: Submission, version: int, *, complete: bool = True) -> Accepted:
    return Accepted(key, version, ON_TIME, False, complete, f"hash {version}", "file.yaml", submission)
