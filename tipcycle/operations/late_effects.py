"""Work out and carry out what an accepted answer still touches of the assessments."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.submission import Accepted, Submission
from tipcycle.operations.assemble_full_assessment import draw_full_chapters, renew_full_chapter
from tipcycle.operations.assemble_interim_assessment import draw_chapters
from tipcycle.operations.chapter_kinds import SUPPLEMENTS
from tipcycle.operations.context import Context
from tipcycle.operations.interim_facts import interim_chapters
from tipcycle.operations.keep_chapter import keep_assembled
from tipcycle.store import Store
from tipcycle.submissions.late_effect import InterimMoments, LateEffect, late_effect


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


def renew_chapter(store: Store, cycle: Context, accepted: Accepted, effect: LateEffect, *, at: datetime) -> None:
    """Let an answer join the chapter that stands in the ledger, in the transaction that accepts it.

    A chapter that was not written yet is left to its draft. One that was released stays as it was released: what
    comes after it is a further version, drawn as a supplement.
    """
    country = accepted.submission.country
    renew_full_chapter(store, cycle, accepted, at=at)
    if accepted.submission.step == "annual-submission":
        return
    latest = store.chapters.latest(document_key(cycle.config.report_year, "interim-chapter", country))
    if latest is None and effect.effect == "joins_draft":
        return
    cause = f"{accepted.submission.step} v{accepted.version} came"
    for assemble in interim_chapters(store, cycle, [country], at).values():
        keep_assembled(store, assemble(), latest, cause=cause, at=at)


def carry_out_effect(submission: Submission, effect: LateEffect, at: datetime) -> None:
    """Draw what the answer changed, after it stands in the ledger; doing it again draws the same."""
    draw_full_chapters(submission.report_year, (submission.country,), at)
    match effect.effect:
        case "chapter_redrafted" | "returns_to_clearance":
            draw_chapters(submission.report_year, (submission.country,), at)
        case "supplement":
            draw_chapters(submission.report_year, (submission.country,), at, folder=SUPPLEMENTS["interim-chapter"])
        case "joins_draft":
            pass


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
