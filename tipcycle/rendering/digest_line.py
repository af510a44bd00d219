"""What does a digest say of one obligation? Due moments on the owner's clock, what is in, who was reminded when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tipcycle.calendar.places import Places
from tipcycle.model import moment
from tipcycle.model.answer import Answer, in_words
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.duty import Duty
from tipcycle.model.message import Attachment
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.step import Step
from tipcycle.reminders.stand_in import IN_PLACE_OF

MOST_NAMES = 10  # of documents that a digest names; the rest are counted


@dataclass(frozen=True)
class ToClear:
    """What one round of clearance still waits for: its documents by name, the command, who is silent since when."""

    documents: tuple[str, ...]
    command: str
    owner: str
    asked_at: datetime


@dataclass(frozen=True)
class DigestFacts:
    """What the ledger knows about the digest's obligations: themselves, their notices, their country's others.

    `answers` are the short answers, oldest first; `links` let the recipient give one, `workbook_links` fetch the
    workbook to fill in, unless `workbooks` holds it. All only where there are any.
    `uncleared` tells, of an action request that waits for clearance, why it does and the command that helps; `to_clear`
    what a round of clearance waits for.
    """

    obligations: Mapping[str, Obligation]
    history: Mapping[str, Sequence[Notice]]
    siblings: Mapping[str, Sequence[Obligation]]
    answers: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    workbook_links: Mapping[str, str] = field(default_factory=dict)
    workbooks: Sequence[Attachment] = ()
    uncleared: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    to_clear: Mapping[str, ToClear] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One obligation as a digest tells it; every text is ready to print.

    `legal`: the law's own last day, "" where it sets none. `in_place_of`: whom the reader stands in for, or "".
    `uncleared`: why a document waits for clearance and what to run, or empty. `to_clear`: up to ten documents that wait
    for whoever owes this, who also reads `command`; `silent`: who has not decided since when, for everybody else.
    """

    heading: str
    place: str
    due_local: str
    due_utc: str
    working: tuple[str, ...]
    legal: str
    left: str
    overdue: bool
    already_in: str
    reminded: str
    said: tuple[str, ...]
    uncleared: tuple[str, ...]
    to_clear: tuple[str, ...]
    command: str
    silent: str
    link: str
    workbook: str
    rung: str
    alarm: bool
    in_place_of: str
    owed_by_post: bool
    country: str
    step: str


def line_of(notice: Notice, facts: DigestFacts, *, config: CycleConfig, places: Places, at: datetime) -> Line:
    """The line of one notice, as of `at`."""
    obligation = facts.obligations[notice.obligation]
    working = places.of_owner(obligation.post)
    waiting = facts.to_clear.get(obligation.key)
    place = config.posts[obligation.post].name if obligation.post else "Washington"
    return Line(
        heading=heading(obligation, config),
        place=place,
        due_local=moment.local(obligation.due_at, working.zone),
        due_utc=moment.utc(obligation.due_at),
        working=working_day(obligation, places, place),
        legal=_legal(config.owed(obligation.step), places.washington.local_date(at)),
        left=time_left(obligation, places, at),
        overdue=at > obligation.due_at,
        already_in=_already_in(obligation, facts, config, places),
        reminded=_reminded(facts.history[obligation.key], working.local_date),
        said=_said(facts.answers.get(obligation.key, ()), working.local_date),
        uncleared=facts.uncleared.get(obligation.key, ()),
        to_clear=_to_clear(waiting),
        command=waiting.command if waiting and notice.position == waiting.owner else "",
        silent=_silent(waiting, notice, working.local_date),
        link=facts.links.get(obligation.key, ""),
        workbook=facts.workbook_links.get(obligation.key, ""),
        rung=f"{notice.days:+d}",
        alarm=notice.alarm,
        in_place_of=_in_place_of(notice, config),
        owed_by_post=obligation.post is not None,
        country=obligation.country or "",
        step=obligation.step,
    )


def _to_clear(waiting: ToClear | None) -> tuple[str, ...]:
    if waiting is None:
        return ()
    more = len(waiting.documents) - MOST_NAMES
    return (*waiting.documents[:MOST_NAMES], *([f"and {more} more"] if more > 0 else []))


def _silent(waiting: ToClear | None, notice: Notice, local_date: Callable[[datetime], date]) -> str:
    if waiting is None or notice.position == waiting.owner:
        return ""
    count = len(waiting.documents)
    since = moment.day(local_date(waiting.asked_at))
    return f"{waiting.owner} is silent since {since} on {count} document{'s' if count != 1 else ''}"


def heading(obligation: Obligation, config: CycleConfig) -> str:
    """`Progress report on the action plan, with statistics: Senegal`."""
    what = config.owed(obligation.step).what
    what = what[0].upper() + what[1:]
    return f"{what}: {config.countries[obligation.country].in_text}" if obligation.country else what


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


def _legal(step: Step | Duty, today: date) -> str:
    """The bound is the law's, so it is shown beside our own plan even where that lies behind it."""
    if isinstance(step, Duty) or step.statutory_on is None:
        return ""
    last = step.statutory_on
    if today > last:
        return f"passed on {moment.day(last)}"
    return f"{moment.day(last)}, before the planned day" if last < step.planned_on else moment.day(last)


def _in_place_of(notice: Notice, config: CycleConfig) -> str:
    _, said, position = notice.reason.partition(IN_PLACE_OF)
    return config.positions[position].title if said and position in config.positions else ""


def time_left(obligation: Obligation, places: Places, at: datetime) -> str:
    """`2 days left`, on the owner's own calendar."""
    today = places.of_owner(obligation.post).local_date(at)
    days = (obligation.planned_on - today).days
    if at > obligation.due_at:
        return f"{-days} day{'s' if days != -1 else ''} overdue"
    return {0: "due today", 1: "1 day left"}.get(days, f"{days} days left")


def _already_in(obligation: Obligation, facts: DigestFacts, config: CycleConfig, places: Places) -> str:
    working = places.of_owner(obligation.post)
    told = []
    for other in facts.siblings.get(obligation.key, ()):
        what = config.owed(other.step).what
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


def _said(answers: Sequence[Answer], local_date: Callable[[datetime], date]) -> tuple[str, ...]:
    """The newest answer of each kind, oldest first: a post that moved its promise is quoted with the last one."""
    newest = {answer.answer: answer for answer in answers}
    told = sorted(newest.values(), key=lambda answer: (answer.answered_at, answer.id))
    return tuple(f"{in_words(answer)} (on {moment.short_day(local_date(answer.answered_at))})" for answer in told)
