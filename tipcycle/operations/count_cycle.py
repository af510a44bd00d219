"""How does a cycle stand, in numbers? The same counts for the board, the status and a rehearsal's summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tipcycle.model.obligation import Obligation
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


def by_bureau_and_post(store: Store, report_year: int, bureaus: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row a post, in order of bureau and post: asked, reminded, received, late, missing, escalated.

    `bureaus` maps a post's id to its bureau.
    """
    rows: dict[str, Counter[str]] = {}
    for one in store.obligations.of_cycle(report_year, step="progress-report"):
        if not one.post:
            continue
        row = rows.setdefault(one.post, Counter())
        row["asked"] += one.opened_at is not None
        row["received"] += one.standing in ("received", "nil")
        row["waived"] += one.standing == "waived"
        row["missing"] += one.standing == "missing"
        row["late"] += one.late
    for (post, above), count in store.notices.sent_by_post(report_year, "progress-report").items():
        if post in rows:
            rows[post]["escalated" if above else "reminded"] += count
    columns = ("asked", "reminded", "received", "waived", "late", "missing", "escalated")
    return [
        {"bureau": bureaus[post], "post": post} | {column: row[column] for column in columns}
        for post, row in sorted(rows.items(), key=lambda item: (bureaus[item[0]], item[0]))
    ]
