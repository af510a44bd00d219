"""What is known about one country at the interim? High-priority items first, then statistics, or why there is nothing.

The chapter has no field for a tier: no tier changes at the interim assessment (09 STATE 97909 paras 3 and 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.assessment.figures_given import could_provide, figures_given
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.finding import Finding
from tipcycle.model.law import Law
from tipcycle.model.moment import day, long_day, short_day
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Listed
from tipcycle.model.plan import ActionPlan, Recommendation
from tipcycle.model.statistic import Statistic
from tipcycle.model.submission import Accepted, AddedRecommendation, ItemAnswer
from tipcycle.rules.data_provision import data_provision
from tipcycle.rules.no_tier_change_at_interim import no_tier_change_at_interim

_GROUPS = {
    "tier_2_watch_list": "Tier 2 Watch List",
    "moved_up_to_1": "special watch list, moved up to Tier 1",
    "moved_up_from_3": "special watch list, moved up from Tier 3",
}


@dataclass(frozen=True)
class ItemLine:
    """One recommendation and what was reported of it."""

    id: str
    asked: str
    status: str
    reported: str


@dataclass(frozen=True)
class InterimChapter:
    """A country's chapter; every text is ready to print. `statistics` rows: category, period, total, labour, sex.

    `law` holds what the rules say of the country, each with its reference.
    """

    iso3: str
    country: str
    listed_as: str
    because: str
    example: bool
    how_received: str
    high_priority: tuple[ItemLine, ...]
    further: tuple[ItemLine, ...]
    added_by_post: tuple[ItemLine, ...]
    statistics: tuple[tuple[str, ...], ...]
    demarche: str
    comments: str
    remarks: str
    law: tuple[tuple[str, str], ...] = ()


def assemble_interim_chapter(
    entry: Listed,
    *,
    country: str,
    plan: ActionPlan | None,
    report: Obligation,
    accepted: Accepted | None,
    delivery: Accepted | None,
    notices: Sequence[Notice],
    asked_at: datetime | None,
    working: WorkingTime,
    limit: Finding,
    law: Law,
    waived: Mapping[int, str] | None = None,
) -> InterimChapter:
    """The chapter of one entry of the special watch list; `notices` are those of its progress report.

    `limit` is how the country stands toward the two-year limit. `waived` tells, by the number of a statistic (from 1),
    which rule was waived for it.
    """
    answers = {item.id: item for item in accepted.submission.items} if accepted else {}
    items = plan.recommendations if plan else ()
    made = delivery.submission.demarche if delivery else None
    return InterimChapter(
        iso3=entry.iso3,
        country=country,
        listed_as=_GROUPS[entry.group],
        because=entry.because,
        example=bool(plan and plan.example),
        how_received=_how_received(report, accepted, notices, asked_at, working),
        high_priority=tuple(_line(item, answers) for item in items if item.high_priority),
        further=tuple(_line(item, answers) for item in items if not item.high_priority and item.id in answers),
        statistics=_rows(accepted.submission.statistics, waived or {}) if accepted else (),
        added_by_post=tuple(_line(item, answers) for item in (made.recommendations_added if made else ())),
        demarche=_delivery(delivery),
        comments=made.comments if made else "",
        remarks=accepted.submission.remarks if accepted else "",
        law=tuple(
            (finding.because, finding.source)
            for finding in (
                limit,
                _data_provision(report, accepted, notices, asked_at, working=working, law=law),
                no_tier_change_at_interim(law, report_year=report.report_year),
            )
        ),
    )


def _data_provision(
    report: Obligation,
    accepted: Accepted | None,
    notices: Sequence[Notice],
    asked_at: datetime | None,
    *,
    working: WorkingTime,
    law: Law,
) -> Finding:
    """What follows from the figures given or not; the requests are the ledger's: the cable and the reminders sent."""
    asked = [asked_at] if asked_at else []
    reminded = [notice.decided_at for notice in notices if notice.state == "sent" and notice.decided_at]
    figures = accepted.submission.statistics if accepted else ()
    return data_provision(
        figures_given(figures),
        law,
        report_year=report.report_year,
        requested_on=sorted({working.local_date(moment) for moment in (*asked, *reminded)}),
        has_capacity=could_provide(figures),
    )


def _line(item: Recommendation | AddedRecommendation, answers: dict[str, ItemAnswer]) -> ItemLine:
    answer = answers.get(item.id)
    if answer is None:
        return ItemLine(item.id, item.text, "no answer", "")
    reported = answer.narrative
    if answer.by == "other":
        role = answer.government_role.strip().rstrip(".")
        role = role or "no role of the government was described, so it does not count"
        reported = f"{reported} Carried out by others; the government's part: {role}."
    return ItemLine(item.id, item.text, answer.status, reported.strip())


def _rows(statistics: Sequence[Statistic], waived: Mapping[int, str]) -> tuple[tuple[str, ...], ...]:
    rows = []
    for number, statistic in enumerate(statistics, 1):
        category, *others = _row(statistic)
        rows.append((f"{category} ({waived[number]})" if number in waived else category, *others))
    return tuple(rows)


def _row(statistic: Statistic) -> tuple[str, ...]:
    period = f"{long_day(statistic.period.start)} to {long_day(statistic.period.end)}"
    if statistic.status == "not provided" or statistic.total is None:
        return (statistic.category, period, statistic.status, "", "")
    total = str(statistic.total)
    return (
        statistic.category,
        period,
        total if statistic.status == "provided" else f"{total} (not comparable)",
        _number(statistic.labour),
        _number(statistic.sex),
    )


def _number(count: int | None) -> str:
    return "not stated" if count is None else str(count)


def _how_received(
    report: Obligation,
    accepted: Accepted | None,
    notices: Sequence[Notice],
    asked_at: datetime | None,
    working: WorkingTime,
) -> str:
    due = f"due {day(report.planned_on)}"
    if report.planned_on != report.original_on:
        due += f", first planned for {day(report.original_on)}"
    if report.standing == "waived":
        return f"Not required ({due}): {report.reason} (waived by {report.approver})."
    if accepted is None:
        return _no_report(notices, asked_at, working, due)
    received = day(working.local_date(report.answered_at or accepted.received_at))
    late = ", after it was due" if report.late else ""
    if report.standing == "nil":
        return (
            f"{accepted.submission.submitted_by} attested on {received}{late} ({due}) that there was nothing to report."
        )
    whole = "" if accepted.complete else " It is partial: not every high-priority item was answered."
    return f"Progress report received on {received}{late} ({due}), version {accepted.version}.{whole}"


def _no_report(notices: Sequence[Notice], asked_at: datetime | None, working: WorkingTime, due: str) -> str:
    def days(*, escalated: bool) -> list[date]:
        return sorted(
            {
                working.local_date(notice.decided_at)
                for notice in notices
                if notice.state == "sent" and notice.decided_at and (notice.level > 0) == escalated
            }
        )

    asked = f"asked on {day(working.local_date(asked_at))}" if asked_at else "never asked"
    reminded = _on("reminded", days(escalated=False))
    escalated = _on("escalated", days(escalated=True))
    return f"No report received ({due}): {asked}, {reminded}, {escalated}."


def _on(done: str, days: Sequence[date]) -> str:
    return f"{done} on {', '.join(short_day(on) for on in days)}" if days else f"never {done}"


def _delivery(delivery: Accepted | None) -> str:
    if delivery is None or delivery.submission.demarche is None:
        return "No report on the delivery of the non-paper was received."
    made = delivery.submission.demarche
    officials = f" to {', '.join(made.officials)}" if made.officials else ""
    return f"Non-paper delivered on {day(made.delivered_on)}{officials} ({made.level}). {made.reaction}"
