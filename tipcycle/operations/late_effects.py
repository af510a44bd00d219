"""Work out and carry out what an accepted answer still touches of the interim assessment."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.submission import Submission
from tipcycle.operations.assemble_interim_assessment import write_chapters, write_supplement
from tipcycle.store import Store
from tipcycle.submissions.late_effect import InterimMoments, LateEffect, late_effect

CHAPTER = "interim-chapter"


def interim_moments(store: Store, report_year: int) -> InterimMoments:
    """When the interim assessment of a cycle was drafted, cleared and released."""
    keys = {step: obligation_key(report_year, f"interim-{step}", None) for step in ("draft", "clearance", "release")}
    found = store.obligations.by_key(list(keys.values()))

    def answered(step: str) -> datetime | None:
        one = found.get(keys[step])
        return one.answered_at if one else None

    return InterimMoments(answered("draft"), answered("clearance"), answered("release"))


def effect_of(store: Store, submission: Submission, at: datetime) -> LateEffect:
    """What this answer touches if it comes at `at`."""
    return late_effect(submission.step, interim_moments(store, submission.report_year), at=at)


def carry_out_effect(submission: Submission, effect: LateEffect, at: datetime) -> None:
    """Write what the answer changes, after it stands in the ledger; doing it again writes the same."""
    match effect.effect:
        case "chapter_redrafted" | "returns_to_clearance":
            write_chapters(submission.report_year, (submission.country,), at)
        case "supplement":
            write_supplement(submission.report_year, submission.country, at)
        case "joins_draft":
            pass


def chapters_to_clear_again(store: Store, report_year: int) -> list[str]:
    """Countries whose chapter changed after the interim assessment was cleared and was not cleared since, sorted."""
    interim = interim_moments(store, report_year)
    if interim.cleared_at is None:
        return []
    decisions = store.clearances.latest(report_year)
    waiting = set()
    for step in ("demarche", "progress-report"):
        for accepted in store.submissions.latest_of_cycle(report_year, step).values():
            country = accepted.submission.country
            touched = late_effect(accepted.submission.step, interim, at=accepted.received_at)
            last = decisions.get(document_key(report_year, CHAPTER, country))
            cleared = last and last.decision == "cleared" and last.decided_at >= accepted.received_at
            if touched.effect == "returns_to_clearance" and not cleared:
                waiting.add(country)
    return sorted(waiting)


def supplements(store: Store, report_year: int) -> list[str]:
    """Countries whose latest answer came after the release, sorted."""
    interim = interim_moments(store, report_year)
    return sorted(
        {
            accepted.submission.country
            for step in ("demarche", "progress-report")
            for accepted in store.submissions.latest_of_cycle(report_year, step).values()
            if late_effect(accepted.submission.step, interim, at=accepted.received_at).effect == "supplement"
        }
    )
