"""Is this answer asked of that country, and may this post give it? From config alone; the ledger knows the rest."""

from __future__ import annotations

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import Post
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.rules.special_watch_list import special_watch_list


def address_fault(code: str, where: str, message: str) -> SubmissionFinding:
    """A submission that answers nothing which this post owes."""
    return SubmissionFinding(
        code, "blocker", where, message, "Check report_year, step, country and post.", "seed para 4"
    )


def not_asked(config: CycleConfig, submission: Submission) -> SubmissionFinding | None:
    """Why nothing of that kind can be asked of that country in this cycle, if so."""
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=None,
        territories=config.territories,
    )
    per = config.calendar.step(submission.step).per
    asked = {entry.iso3 for entry in listed} if per == "watch-list country" else set(config.countries)
    if submission.country in asked and any(submission.country in post.covers for post in config.posts.values()):
        return None
    told = f"No {submission.step} is asked of {submission.country} in cycle {config.report_year}."
    return address_fault("obligation.unknown", "country", told)


def wrong_sender(config: CycleConfig, post: Post, submission: Submission) -> SubmissionFinding | None:
    """Why `post`, which answers for the country, did not send this, if so."""
    if submission.post.casefold() not in (post.id, post.name.casefold()):
        told = f"{submission.country} is answered for by {post.name}, not by {submission.post}."
        return address_fault("obligation.wrong_post", "post", told)
    seat = config.positions.get(submission.submitted_by)
    if seat is None or seat.post != post.id:
        told = f'"{submission.submitted_by}" is not a position at {post.name}.'
        return address_fault("obligation.wrong_post", "submitted_by", told)
    return None
