"""Which step flow runs at this moment of a preview, and what does it give out to be sent?

As deployment.yaml has them, in Washington: the opening at 06:00, the drafts at 07:00, the requests at 08:00 and the
instructions at 08:30. A draft that comes in time is only recorded: its chapters would take longer than they tell.
"""

from __future__ import annotations

from datetime import datetime, time

from tipcycle.calendar.deadline import WASHINGTON
from tipcycle.model.keys import obligation_key
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.request_annual_submissions import owed_instructions, seal_instructions
from tipcycle.operations.send_action_requests import owed_requests, seal_action_requests
from tipcycle.store import Store

# Of these flows, the months in which they run.
_SEASON = {"opening": range(8, 11), "requests": range(9, 13), "instructions": (12, 1, 2)}
_DRAFTS = ("interim-draft", "full-draft")


def run_step_flows(url: str, at: datetime) -> tuple[bool, list[str]]:
    """Do what the step flows of this very moment do on the copy at `url`.

    Returns whether there is one, and the keys that it sends at once.
    """
    there = at.astimezone(WASHINGTON)
    match there.time().replace(second=0, microsecond=0):
        case time(hour=6, minute=0) if there.month in _SEASON["opening"]:
            for year in _open_years(url):
                open_cycle(year, at)
        case time(hour=7, minute=0):
            _record_drafts(url, at)
        case time(hour=8, minute=0) if there.month in _SEASON["requests"]:
            return True, [key for year in _open_years(url) for key in _requests(year, at)]
        case time(hour=8, minute=30) if there.month in _SEASON["instructions"]:
            return True, [key for year in _open_years(url) for key in _instructions(year, at)]
        case _:
            return False, []
    return True, []


def _open_years(url: str) -> list[int]:
    with Store.read(url) as store:
        return [one.report_year for one in store.cycles.all() if one.closed_at is None]


def _requests(year: int, at: datetime) -> list[str]:
    owed = owed_requests(year, at)
    return [key for _, countries in owed.by_post for key in seal_action_requests(year, countries, at)[0]]


def _instructions(year: int, at: datetime) -> list[str]:
    owed = owed_instructions(year, at)
    return [key for _, posts in owed.batches for key in seal_instructions(year, posts, at)[0]]


def _record_drafts(url: str, at: datetime) -> None:
    """On its planned day a draft is made; one that did not come on its day is chased, and waits for a person."""
    today = at.astimezone(WASHINGTON).date()
    for year in _open_years(url):
        cycle = context(year)
        due = [step for step in _DRAFTS if cycle.config.calendar.step(step).planned_on == today]
        for step in due:
            with Store.begin(url) as store:
                found = store.obligations.by_key([obligation_key(year, step, None)]).values()
                for one in found:
                    if one.standing == "missing" and one.opened_at is not None:
                        fulfil(store, cycle, one, standing="received", at=at)
