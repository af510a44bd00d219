"""What was last said of each recommendation of a cycle? The newer of progress report and annual submission."""

from __future__ import annotations

from collections import defaultdict

from tipcycle.model.submission import Accepted
from tipcycle.operations.context import Context
from tipcycle.operations.count_cycle import SUBMISSION_STEPS
from tipcycle.rollover.carried_on import LastStatus
from tipcycle.store import Store


def last_statuses(store: Store, cycle: Context) -> dict[tuple[str, str], LastStatus]:
    """By iso3 and item of each plan; silence is said as what it is: no report, nil, waived or not answered."""
    year = cycle.config.report_year
    answers: dict[str, list[Accepted]] = defaultdict(list)
    for step in SUBMISSION_STEPS:
        for accepted in store.submissions.latest_of_cycle(year, step).values():
            answers[accepted.submission.country].append(accepted)
    standings: dict[str, set[str]] = defaultdict(set)
    for owed in store.obligations.of_cycle(year, step="progress-report"):
        standings[owed.country or ""].add(owed.standing)
    said = {}
    for iso3, plan in cycle.config.plans.items():
        newest_first = sorted(answers[iso3], key=lambda one: one.received_at, reverse=True)
        for item in plan.recommendations:
            said[iso3, item.id] = _said_of(item.id, newest_first, cycle) or LastStatus(_silence(standings[iso3]))
    return said


def _said_of(item_id: str, newest_first: list[Accepted], cycle: Context) -> LastStatus | None:
    for accepted in newest_first:
        for answer in accepted.submission.items:
            if answer.id == item_id:
                post = cycle.config.post_for(accepted.submission.country)
                on = cycle.places.of_post(post).local_date(accepted.received_at)
                return LastStatus(answer.status, f"{accepted.submission.step} v{accepted.version}", on)
    return None


def _silence(standings: set[str]) -> str:
    if "received" in standings:
        return "not answered"
    return next((one for one in ("nil", "waived") if one in standings), "no report")
