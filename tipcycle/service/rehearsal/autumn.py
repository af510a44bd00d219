"""The play from the opening of the cycle to the progress reports: the list, the action requests, more time, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tipcycle.ladder.recipients import BUREAUS
from tipcycle.model.cycle import CycleConfig
from tipcycle.service.rehearsal.programme import Act
from tipcycle.service.rehearsal.simulated_posts import Script

_CLEARED_EARLY, _CLEARED_LATE = timedelta(days=3), timedelta(days=2)
_DIRECTOR = "gtip.director"


def autumn(config: CycleConfig, script: Script) -> Iterator[Act]:
    """The acts, each a few days early, late or on its day; one bureau clears its cables after the planned day."""
    from flows.change_deadline import change_deadline
    from flows.clear_document import clear_document
    from flows.open_cycle import open_cycle
    from flows.send_action_requests import send_action_requests
    from flows.waive_obligation import waive_obligation

    year, step = config.report_year, config.calendar.step
    yield Act(config.calendar.opens_on, open_cycle, (year,))
    yield Act(step("special-watch-list").planned_on, open_cycle, (year,))

    asked_on = step("action-request").planned_on
    for bureau in BUREAUS:
        late = bureau == script.late_bureau
        on = asked_on + _CLEARED_LATE if late else asked_on - _CLEARED_EARLY
        yield Act(on, clear_document, (year, "cleared", f"{bureau.lower()}.bureau"))
    yield Act(asked_on, send_action_requests, (year,))
    yield Act(asked_on + _CLEARED_LATE, send_action_requests, (year,))

    due_on = step("progress-report").planned_on
    for iso3 in script.extended:
        more_time = {
            "country": iso3,
            "to": due_on + timedelta(days=12),
            "reason_class": "post asked",
            "reason": "the ministry answers after a holiday (made up)",
            "approver": _DIRECTOR,
            "preview": False,
        }
        yield Act(due_on - timedelta(days=4), change_deadline, (year, "progress-report"), more_time)
    for iso3 in script.waived:
        waived = {"country": iso3, "reason": "post evacuated (made up)", "approver": _DIRECTOR}
        yield Act(due_on + timedelta(days=5), waive_obligation, (year, "progress-report"), waived)
