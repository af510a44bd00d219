"""How does a digest of notices read, by mail and on Slack?

A reminder says what is owed, when it is due on the post's own clock and in UTC, which weekday that is and whether
the post works then, what is in already, and whom to ask. An escalation also says how often, and when, the post was
really reminded. Slack gets counts and links only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tipcycle.calendar.places import Places
from tipcycle.model import moment
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.message import Message
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.reminders.decide_messages import Digest
from tipcycle.rendering.deadline_ics import deadline_ics
from tipcycle.rendering.templates import render


@dataclass(frozen=True)
class DigestFacts:
    """What the ledger knows about the digest's obligations: themselves, their notices, their country's others."""

    obligations: Mapping[str, Obligation]
    history: Mapping[str, Sequence[Notice]]
    siblings: Mapping[str, Sequence[Obligation]]


@dataclass(frozen=True)
class Line:
    """One obligation as a digest tells it; every field is ready to print."""

    heading: str
    place: str
    due_local: str
    due_utc: str
    working: tuple[str, ...]
    left: str
    overdue: bool
    already_in: str
    reminded: str
    rung: str
    alarm: bool
    country: str
    step: str


def render_digest(
    digest: Digest,
    facts: DigestFacts,
    *,
    config: CycleConfig,
    places: Places,
    templates: Path,
    ui_url: str,
    at: datetime,
) -> Message:
    """The sealed message of `digest`, its text as of `at`."""
    obligations = [facts.obligations[notice.obligation] for notice in digest.notices]
    lines = [_line(notice, facts, config=config, places=places, at=at) for notice in digest.notices]
    values = {
        "lines": lines,
        "position": config.positions[digest.position],
        "report_year": config.report_year,
        "forced": digest.forced,
        "overdue": sum(line.overdue for line in lines),
        "about": _about(obligations, lines, config),
        "alarm": any(line.alarm for line in lines),
        "ask": config.positions["gtip.action-officer"],
        "board": f"{ui_url}/artifacts/key/status-board-{config.report_year}",
    }
    template = "digest_slack.txt.j2" if digest.channel == "slack" else "digest_email.txt.j2"
    text = render(templates, template, **values)
    subject, _, body = text.partition("\n\n")
    ics = deadline_ics(((one, line.heading) for one, line in zip(obligations, lines, strict=True)), at=at)
    return Message(
        key=digest.key,
        report_year=config.report_year,
        position=digest.position,
        channel=digest.channel,
        address=digest.address,
        local_on=digest.local_on,
        n=digest.n,
        subject=subject.strip(),
        body=body,
        sealed_at=at,
        message_id=f"<{digest.key.replace(':', '.')}@tipcycle.example>",
        statutory=digest.statutory,
        attachments=() if digest.channel == "slack" else (ics,),
    )


def heading(obligation: Obligation, config: CycleConfig) -> str:
    """`Progress report on the action plan, with statistics: Senegal`."""
    what = config.calendar.step(obligation.step).what
    what = what[0].upper() + what[1:]
    return f"{what}: {config.countries[obligation.country].in_text}" if obligation.country else what


def _about(obligations: Sequence[Obligation], lines: Sequence[Line], config: CycleConfig) -> str:
    """What the subject names: the step with its countries, or how many different things are owed."""
    steps = {one.step for one in obligations}
    if len(steps) > 1:
        return f"{len(lines)} items owed in cycle {config.report_year}"
    what = config.calendar.step(obligations[0].step).what
    names = [config.countries[one.country].in_text for one in obligations if one.country]
    where = ", ".join(names) if len(names) <= 4 else f"{len(names)} countries"
    left = {line.left for line in lines}
    return (
        f"{what[0].upper()}{what[1:]}"
        + (f": {where}" if where else "")
        + (f" ({left.pop()})" if len(left) == 1 else "")
    )


def _line(notice: Notice, facts: DigestFacts, *, config: CycleConfig, places: Places, at: datetime) -> Line:
    obligation = facts.obligations[notice.obligation]
    working = places.of_owner(obligation.post)
    place = config.posts[obligation.post].name if obligation.post else "Washington"
    return Line(
        heading=heading(obligation, config),
        place=place,
        due_local=moment.local(obligation.due_at, working.zone),
        due_utc=moment.utc(obligation.due_at),
        working=working_day(obligation, places, place),
        left=_left(obligation, places, at),
        overdue=at > obligation.due_at,
        already_in=_already_in(obligation, facts, config, places),
        reminded=_reminded(facts.history[obligation.key], places.of_owner(obligation.post).local_date),
        rung=f"{notice.days:+d}",
        alarm=notice.alarm,
        country=obligation.country or "",
        step=obligation.step,
    )


def working_day(obligation: Obligation, places: Places, place: str) -> tuple[str, ...]:
    """`Sunday, a rest day at Baku` and the last working day before it: whether anybody works on the due day."""
    working = places.of_owner(obligation.post)
    why = working.day_off(obligation.planned_on)
    weekday = f"{obligation.planned_on:%A}"
    if why is None:
        return (f"{weekday}, a working day at {place}",)
    last = moment.day(working.last_working_day(obligation.planned_on))
    off = "a rest day" if why == "rest day" else f"a holiday ({why})"
    return f"{weekday}, {off} at {place}", f"last working day before it: {last}"


def _left(obligation: Obligation, places: Places, at: datetime) -> str:
    today = places.of_owner(obligation.post).local_date(at)
    days = (obligation.planned_on - today).days
    if at > obligation.due_at:
        return f"{-days} day{'s' if days != -1 else ''} overdue"
    return {0: "due today", 1: "1 day left"}.get(days, f"{days} days left")


def _already_in(obligation: Obligation, facts: DigestFacts, config: CycleConfig, places: Places) -> str:
    working = places.of_owner(obligation.post)
    told = []
    for other in facts.siblings.get(obligation.key, ()):
        what = config.calendar.step(other.step).what
        if other.answered_at:
            told.append(f"{what} ({moment.short_day(working.local_date(other.answered_at))})")
    return "; ".join(told) or "nothing yet"


def _reminded(history: Sequence[Notice], local_date: Callable[[datetime], date]) -> str:
    days = sorted(
        {
            local_date(notice.decided_at)
            for notice in history
            if notice.level == 0 and notice.state == "sent" and notice.decided_at
        }
    )
    if not days:
        return "not reminded before"
    times = {1: "once", 2: "twice"}.get(len(days), f"{len(days)} times")
    return f"reminded {times}: " + ", ".join(moment.short_day(day) for day in days)
