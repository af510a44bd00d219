"""Which short answers wait for a person? Wrong offices, which every tick tells, and extensions that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tipcycle.model.answer import Answer
from tipcycle.model.moment import iso
from tipcycle.store import Store


def wrong_offices(store: Store, report_years: Iterable[int]) -> list[Answer]:
    """The newest of each position and obligation that is still missing and that nobody saw to, in order."""
    said = (one for year in report_years for one in store.answers.open_of_cycle(year, "wrong_office"))
    newest = {(one.obligation, one.position): one for one in said}
    return sorted(newest.values(), key=lambda one: (one.obligation, one.position))


def wrong_office_line(answer: Answer) -> str:
    """One problem of a tick's report; the note, which is the post's own text, is for `status`."""
    return f"{answer.obligation}: {answer.position} says that it is the wrong office; see to {answer.id}"


def extensions_asked(store: Store, report_year: int) -> list[dict[str, Any]]:
    """The newest request of each obligation whose plan has not changed since, with the command that grants it."""
    newest = {one.obligation: one for one in store.answers.open_of_cycle(report_year, "extension")}
    owed = store.obligations.by_key(newest.keys())
    return [
        {
            "answer": asked.id,
            "obligation": key,
            "position": asked.position,
            "asked_at": iso(asked.answered_at),
            "to": asked.report_on.isoformat() if asked.report_on else None,
            "note": asked.note,
            "command": (
                f"tipcycle change-deadline --report-year {report_year} --step {owed[key].step} "
                f"--country {owed[key].country} --to {asked.report_on} "
                f'--reason "asked for by {asked.position}" --by gtip.director'
            ),
        }
        for key, asked in sorted(newest.items())
        if owed[key].version == asked.plan_version
    ]
