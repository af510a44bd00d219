"""How does a cycle stand, in numbers? The same counts for the board, the status and a rehearsal's summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context
from tipcycle.store import Store

SUBMISSION_STEPS = ("progress-report", "annual-submission")


def count_notices(store: Store, report_year: int) -> dict[str, int]:
    """Every notice of every plan version by what became of it; `owed` holds the queued too.

    promised = sent + superseded + cancelled + waived + failed + unknown + owed.
    """
    counts = store.notices.counts(report_year)
    told = {state: counts[state] for state in ("sent", "superseded", "cancelled", "waived", "failed", "unknown")}
    told["owed"] = counts["owed"] + counts["queued"]
    return {"promised": sum(counts.values())} | told


def count_standings(obligations: Iterable[Obligation]) -> dict[str, int]:
    """required = received + nil + waived + missing; late and extended are counted within received and nil."""
    owed = list(obligations)
    standings = Counter(one.standing for one in owed)
    answered = [one for one in owed if one.standing in ("received", "nil")]
    return {
        "required": len(owed),
        "received": standings["received"],
        "nil": standings["nil"],
        "waived": standings["waived"],
        "missing": standings["missing"],
        "late": sum(one.late for one in answered),
        "extended": sum(one.extended for one in answered),
    }


def due_submissions(store: Store, report_year: int, *, by: datetime) -> list[Obligation]:
    """The submissions through the gate that were asked for and had fallen due by then."""
    return [
        one
        for step in SUBMISSION_STEPS
        for one in store.obligations.of_cycle(report_year, step=step)
        if one.opened_at and one.due_at <= by
    ]


def posts_owing(store: Store, report_year: int) -> set[str]:
    """The posts that were asked for anything in the cycle."""
    return {one.post for one in store.obligations.of_cycle(report_year) if one.post and one.opened_at is not None}


def step_on_the_board(owed: Iterable[Obligation]) -> str:
    """Which answers the board counts by post: those of winter once the first post was asked for them."""
    winter = any(one.opened_at for one in owed if one.step == "annual-submission")
    return "annual-submission" if winter else "progress-report"


def is_overdue(obligation: Obligation, at: datetime) -> bool:
    """Whether it was asked for, is missing, and its deadline has passed; `late` is what was answered after it."""
    return obligation.standing == "missing" and obligation.opened_at is not None and obligation.due_at < at


def by_bureau_and_post(
    store: Store, cycle: Context, step: str, *, owed: Iterable[Obligation], at: datetime
) -> list[dict[str, Any]]:
    """A row a post, by bureau and name: asked, reminded, received, waived, late, missing, overdue at `at`, escalated.

    `owed` is what is owed of the step. Reminded and escalated are counted in days on the post's own calendar, as the
    mails tell them.
    """
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for one in owed:
        if not one.post:
            continue
        row = rows[one.post]
        row["asked"] += one.opened_at is not None
        row["received"] += one.standing in ("received", "nil")
        row["waived"] += one.standing == "waived"
        row["missing"] += one.standing == "missing"
        row["overdue"] += is_overdue(one, at)
        row["late"] += one.late
    days = {
        (post, level > 0, cycle.places.of_owner(post).local_date(sent_at))
        for post, level, sent_at in store.notices.sent_of_step(cycle.config.report_year, step)
        if post in rows
    }
    for post, above, _ in days:
        rows[post or ""]["escalated" if above else "reminded"] += 1
    columns = ("asked", "reminded", "received", "waived", "late", "missing", "overdue", "escalated")
    posts = [cycle.config.posts[post] for post in rows]
    return [
        {"bureau": post.bureau or "none", "post": post.name, "post_id": post.id}
        | {column: rows[post.id][column] for column in columns}
        for post in sorted(posts, key=lambda one: (one.bureau or "none", one.name))
    ]
