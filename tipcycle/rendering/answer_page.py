"""How does the page behind a reminder's link read? What is owed, until when, and five ways to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tipcycle.calendar.places import Places
from tipcycle.model import moment
from tipcycle.model.answer import Answer, in_words
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.rendering.digest_line import heading, time_left, working_day
from tipcycle.rendering.templates import render


@dataclass(frozen=True)
class AnswerPage:
    """`spent` as in `Opened`; `form` is the hidden proof that the page was looked at.

    `fault` is told at the top and beside its field; `typed` is what was sent with it, so that nothing is typed twice.
    """

    obligation: Obligation
    position: Position
    answers: Sequence[Answer]
    spent: str
    form: str
    fault: Mapping[str, str] | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


def render_answer_page(shown: AnswerPage, *, config: CycleConfig, places: Places, templates: Path, at: datetime) -> str:
    """The page as of `at`, HTML with everything escaped."""
    owed = shown.obligation
    working = places.of_owner(owed.post)
    place = config.posts[owed.post].name if owed.post else "Washington"
    today = working.local_date(at)
    return render(
        templates,
        "answer_page.html.j2",
        heading=heading(owed, config),
        report_year=owed.report_year,
        position=shown.position.title,
        place=place,
        due_local=moment.local(owed.due_at, working.zone),
        due_utc=moment.utc(owed.due_at),
        working=working_day(owed, places, place),
        left=time_left(owed, places, at),
        overdue=at > owed.due_at,
        said=[_told(answer, config, working.zone) for answer in shown.answers],
        spent=shown.spent,
        standing=owed.standing,
        answered=moment.local(owed.answered_at, working.zone) if owed.answered_at else "",
        form=shown.form,
        fault=shown.fault,
        typed={"answer": "", "report_on": "", "note": ""} | dict(shown.typed),
        today=today.isoformat(),
        after_due=max(today, owed.planned_on + timedelta(days=1)).isoformat(),
        last_day=(today + timedelta(days=366)).isoformat(),
        ask=config.positions["gtip.action-officer"],
    )


def render_closed_page(templates: Path, why: str) -> str:
    """What a link that opens nothing shows; `why` is `forged`, `expired` or `form`."""
    return render(templates, "answer_closed.html.j2", why=why)


def _told(answer: Answer, config: CycleConfig, zone: ZoneInfo) -> dict[str, str]:
    position = config.positions.get(answer.position)
    return {
        "what": in_words(answer),
        "by": position.title if position else answer.position,
        "at": moment.local(answer.answered_at, zone),
        "note": answer.note,
    }
