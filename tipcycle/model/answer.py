"""What did a post say without sending a form? Five short answers, given through the link in a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tipcycle.model.moment import day

ShortAnswer = Literal["received", "will_report", "nothing_to_report", "wrong_office", "extension"]
Channel = Literal["link"]

# What each answer is called in a sentence; "extension" and "will_report" name a day.
SAID: dict[ShortAnswer, str] = {
    "received": "request received",
    "will_report": "will report by",
    "nothing_to_report": "nothing to report",
    "wrong_office": "wrong office",
    "extension": "needs an extension to",
}
NAMES_A_DAY: tuple[ShortAnswer, ...] = ("will_report", "extension")


@dataclass(frozen=True)
class Answer:
    """One answer of a position about one obligation; `report_on` is the day it names, on the post's own calendar.

    `plan_version` is the plan that the position had before it. `settled_at`: a person saw to it (wrong office).
    `note` is the post's own words: never in a log, never on a channel that carries no marking.
    """

    id: str
    obligation: str
    position: str
    answer: ShortAnswer
    report_on: date | None
    note: str
    channel: Channel
    plan_version: int
    answered_at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""


def in_words(answer: Answer) -> str:
    """`will report by Fri 20 Nov 2009`; without the note."""
    said = SAID[answer.answer]
    return f"{said} {day(answer.report_on)}" if answer.report_on else said
