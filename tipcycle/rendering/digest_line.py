"""What does a digest say of one obligation? Due moments on the owner's clock, what is in, who was reminded when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tipcycle.calendar.places import Places
from tipcycle.clearance.told import told_at
from tipcycle.model import moment
from tipcycle.model.answer import Answer, in_words
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.duty import Duty
from tipcycle.model.message import Attachment
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.step import Step
from tipcycle.reminders.stand_in import IN_PLACE_OF
from tipcycle.rendering.digest_duties import ToClear, ToSettle, all_to_clear


@dataclass(frozen=True)
class DigestFacts:
    """What the ledger knows about the digest's obligations: themselves, their notices, their country's others.

    `answers` are the short answers, oldest first; `links` let the recipient give one, `workbook_links` fetch the
    workbook to fill in, unless `workbooks` holds it. All only where there are any.
    `uncleared` tells, of an action request that waits for clearance, why it does and the command that helps; `to_clear`
    what a round of clearance waits for, `to_settle` what a split is about.
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
    to_settle: Mapping[str, ToSettle] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One item of a digest, of one obligation or of several duties that are answered together: texts ready to print.

    Of several, it is due with `owed`, the earliest; `last_due` is the latest day, or "" where all fall together.
    `legal`: the law's own last day, "" where it sets none. `in_place_of`: whom the reader stands in for, or "".
    `uncleared`: why a document waits for clearance and what to run, or empty. `mine`: the reader owes it itself;
    `silent`: who has not decided since when, for everybody else. `already_in` is "" for a duty. `waiting` counts what
    it covers.
    """

    owed: Obligation
    heading: str
    place: str
    due_local: str
    due_utc: str
    last_due: str
    working: tuple[str, ...]
    legal: str
    left: str
    overdue: bool
    already_in: str
    reminded: str
    said: tuple[str, ...]
    uncleared: tuple[str, ...]
    to_clear: ToClear | None
    to_settle: tuple[ToSettle, ...]
    mine: bool
    silent: str
    waiting: int
    link: str
    workbook: str
    rung: str
    alarm: bool
    in_place_of: str
    owed_by_post: bool
    country: str
    step: str


def line_of(item: Sequence[Notice], facts: DigestFacts, *, config: CycleConfig, places: Places, at: datetime) -> Line:
    """The line of the notices of one item, as of `at`."""
    every = sorted((facts.obligations[notice.obligation] for notice in item), key=lambda one: (one.due_at, one.key))
    owed, notice = every[0], item[0]
    duty = isinstance(config.owed(owed.step), Duty)
    working = places.of_owner(owed.post)
    rounds = all_to_clear([facts.to_clear[one.key] for one in every if one.key in facts.to_clear])
    splits = tuple(sorted((facts.to_settle[one.key] for one in every if one.key in facts.to_settle), key=_by_name))
    place = config.posts[owed.post].name if owed.post else "Washington"
    told = [past for one in every for past in facts.history[one.key]]
    return Line(
        owed=owed,
        heading=_heading_of_duties(rounds, splits) or heading(owed, config),
        place=place,
        due_local=moment.local(owed.due_at, working.zone),
        due_utc=moment.utc(owed.due_at),
        last_due=moment.day(every[-1].planned_on) if every[-1].planned_on != owed.planned_on else "",
        working=working_day(owed, places, place),
        legal=_legal(config.owed(owed.step), places.washington.local_date(at)),
        left=time_left(owed, places, at),
        overdue=at > owed.due_at,
        already_in="" if duty else _already_in(owed, facts, config, places),
        reminded=_told(told, owed.owner, working.local_date) if duty else _reminded(told, working.local_date),
        said=_said(facts.answers.get(owed.key, ()), working.local_date),
        uncleared=facts.uncleared.get(owed.key, ()),
        to_clear=rounds,
        to_settle=splits,
        mine=notice.position == owed.owner,
        silent=_silent(rounds, notice, told, working.local_date),
        waiting=rounds.count if rounds else len(every),
        link=facts.links.get(owed.key, ""),
        workbook=facts.workbook_links.get(owed.key, ""),
        rung=f"{notice.days:+d}",
        alarm=any(one.alarm for one in item),
        in_place_of=_in_place_of(notice, config),
        owed_by_post=owed.post is not None,
        # A split names its country only where the mail bears a marking.
        country="" if duty else owed.country or "",
        step=owed.step,
    )


def _by_name(split: ToSettle) -> str:
    return split.country


def _heading_of_duties(rounds: ToClear | None, splits: Sequence[ToSettle]) -> str:
    if rounds:
        return rounds.heading
    if splits:
        return f"Decision on {len(splits)} splits over a tier" if len(splits) > 1 else "Decision on a split over a tier"
    return ""


def _silent(
    waiting: ToClear | None, notice: Notice, history: Sequence[Notice], local_date: Callable[[datetime], date]
) -> str:
    if waiting is None or notice.position == waiting.owner:
        return ""
    on = f"on {waiting.count} document{'s' if waiting.count != 1 else ''}"
    told = told_at(history, waiting.owner)
    if not told:
        return f"{waiting.owner} was never told of it: no message was accepted; it waits {on}"
    return f"{waiting.owner} is silent since {moment.day(local_date(told[0]))} {on}"


def heading(obligation: Obligation, config: CycleConfig) -> str:
    """`Progress report on the action plan, with statistics: Senegal`; a duty is named without its country."""
    owed = config.owed(obligation.step)
    what = owed.what[0].upper() + owed.what[1:]
    if obligation.country is None or isinstance(owed, Duty):
        return what
    return f"{what}: {config.countries[obligation.country].in_text}"


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
    moments = [one.decided_at for one in history if one.level == 0 and one.state == "sent" and one.decided_at]
    return _how_often("reminded", moments, local_date)


def _told(history: Sequence[Notice], owner: str, local_date: Callable[[datetime], date]) -> str:
    return _how_often("told", told_at(history, owner), local_date)


def _how_often(verb: str, moments: Sequence[datetime], local_date: Callable[[datetime], date]) -> str:
    days = sorted({local_date(one) for one in moments})
    if not days:
        return f"not {verb} before"
    times = {1: "once", 2: "twice"}.get(len(days), f"{len(days)} times")
    return f"{verb} {times}: " + ", ".join(moment.short_day(day) for day in days)


def _said(answers: Sequence[Answer], local_date: Callable[[datetime], date]) -> tuple[str, ...]:
    """The newest answer of each kind, oldest first: a post that moved its promise is quoted with the last one."""
    newest = {answer.answer: answer for answer in answers}
    told = sorted(newest.values(), key=lambda answer: (answer.answered_at, answer.id))
    return tuple(f"{in_words(answer)} (on {moment.short_day(local_date(answer.answered_at))})" for answer in told)
