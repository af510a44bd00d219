"""How does an answer read as one line, so that an old and a new value can stand beside each other?

White space is evened out: a text that was only wrapped anew is the same value.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tipcycle.model.moment import long_day
from tipcycle.model.statistic import Sentences, Statistic
from tipcycle.model.step import Period
from tipcycle.model.submission import Demarche, ItemAnswer


def item_value(answer: ItemAnswer) -> str:
    """`begun; narrative: Twelve persons were referred; by other; …`: every field that says something."""
    return _joined(
        (
            ("", answer.status),
            ("narrative: ", answer.narrative),
            ("by ", "" if answer.by == "government" else answer.by),
            ("government's role: ", answer.government_role),
            ("evidence: ", answer.evidence),
            ("since ", _day(answer.since)),
            ("done on ", _day(answer.done_on)),
        )
    )


def statistic_value(statistic: Statistic, *, waived: str = "") -> str:
    """`prosecutions provided; total 12; labor 3; …`: every field that says something, and which rule was waived."""
    return _joined(
        (
            ("", f"{statistic.category} {statistic.status}"),
            ("", waived),
            ("total ", statistic.total),
            ("labor ", statistic.labour),
            ("sex ", statistic.sex),
            ("", period(statistic.period)),
            ("period because: ", statistic.period_reason),
            ("host term: ", statistic.host_term),
            ("interpreted by: ", statistic.interpreted_by),
            ("basis: ", (statistic.basis or "").replace("offence", "offense")),
            ("offense: ", statistic.offence),
            ("evidence: ", statistic.evidence),
            ("authority: ", statistic.authority),
            ("source: ", statistic.source),
            ("last year ", statistic.last_year),
            ("comparable: ", _unless_unknown(statistic.comparable)),
            ("not comparable because: ", statistic.not_comparable_because),
            ("the government could provide it: ", _unless_unknown(statistic.could_provide)),
            ("sentences: ", kinds(statistic.sentences)),
        )
    )


def delivery_value(made: Demarche) -> str:
    """`October 2, 2009; minister; to Minister of Justice; Noted.`"""
    return _joined(
        (("", long_day(made.delivered_on)), ("", made.level), ("to ", ", ".join(made.officials)), ("", made.reaction))
    )


def period(of: Period) -> str:
    """`April 1, 2009 to October 31, 2009`."""
    return f"{long_day(of.start)} to {long_day(of.end)}"


def kinds(sentences: Sentences | None) -> str:
    """`9 prison terms (12, 24 months), 1 of them for life, 2 suspended`; what is not known is left out."""
    if sentences is None:
        return ""
    prison = "" if sentences.prison is None else _counted(sentences.prison, "prison term")
    months = ", ".join(str(one) for one in sentences.prison_months)
    said = [
        f"{prison or 'prison terms'} ({months} months)" if months else prison,
        "" if sentences.life is None else f"{sentences.life} for life",
        "" if sentences.suspended is None else _counted(sentences.suspended, "suspended term"),
        "" if sentences.probation is None else f"{sentences.probation} on probation",
        "" if sentences.fine is None else _counted(sentences.fine, "fine"),
        "" if sentences.seizure is None else _counted(sentences.seizure, "seizure"),
    ]
    return ", ".join(one for one in said if one)


def one_line(text: str) -> str:
    """The text with its white space evened out."""
    return " ".join(text.split())


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _joined(said: Iterable[tuple[str, object]]) -> str:
    return "; ".join(f"{label}{one_line(str(value))}" for label, value in said if value not in (None, ""))


def _day(on: date | None) -> str:
    return long_day(on) if on else ""


def _unless_unknown(answer: str) -> str:
    return "" if answer == "not known" else answer
