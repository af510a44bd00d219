"""The play from the reporting instructions to the interim assessment: drafted, edited, cleared, released, supplemented.

One bureau returns a chapter and an officer edits it; another bureau clears late, and by a stand-in; the legal adviser
stays silent; one answer comes after the chapters were cleared, and one after the release.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from tipcycle.ladder.recipients import BUREAUS, OFFICE
from tipcycle.model.cycle import CycleConfig
from tipcycle.service.rehearsal.editor import edit_chapter
from tipcycle.service.rehearsal.programme import Act, ByHand
from tipcycle.service.rehearsal.simulated_posts import Script

CHAPTER, ASSESSMENT = "interim-chapter", "interim-assessment"
_DIRECTOR, _SILENT = f"{OFFICE}.director", "l.clearer"
_CHAPTERS = {"document": CHAPTER}
_COMPILED = {"document": ASSESSMENT}


def winter(config: CycleConfig, script: Script) -> Iterator[Act | ByHand]:
    """The acts, on days counted from the planned ones."""
    from flows.assemble_interim_assessment import assemble_interim_assessment
    from flows.request_annual_submissions import request_annual_submissions

    year, step = config.report_year, config.calendar.step
    asked_on, drafted_on = step("reporting-instructions").planned_on, step("interim-draft").planned_on
    yield Act(asked_on, request_annual_submissions, (year,))
    yield Act(drafted_on, assemble_interim_assessment, (year,))
    yield from _chapters_cleared(config, script, drafted_on)
    yield from _assessment_cleared_and_released(config)
    yield from _supplement(config, script)


def _chapters_cleared(config: CycleConfig, script: Script, drafted_on: date) -> Iterator[Act | ByHand]:
    from flows.change_contact import change_contact
    from flows.clear_document import clear_document

    year, late = config.report_year, f"{script.late_bureau.lower()}.bureau"
    clears = (year, "cleared")
    returned, returning = script.returned, _bureau(config, script.returned)
    stand_in = next(f"{bureau.lower()}.bureau" for bureau in BUREAUS if bureau not in (script.late_bureau, returning))
    early, edited, last = (drafted_on + timedelta(days=days) for days in (5, 11, 18))

    note = {"note": "The second sentence reads as if the law were in force (made up)."}
    yield Act(early, clear_document, (year, "returned", returning), _CHAPTERS | note | {"countries": [returned]})
    for bureau in sorted({_bureau(config, iso3) for iso3 in script.listed} - {late}):
        without = {"excluding": [returned]} if bureau == returning else {}
        yield Act(early, clear_document, (*clears, bureau), _CHAPTERS | without)
    yield ByHand(edited, partial(edit_chapter, year, CHAPTER, returned, f"{OFFICE}.alternate"))
    again = {"countries": [returned]}
    yield Act(edited + timedelta(days=1), clear_document, (*clears, returning), _CHAPTERS | again)

    leave = {"from_on": last - timedelta(days=3), "until_on": last + timedelta(days=4), "delegate_to": stand_in}
    reason = {"reason": "on leave (made up)", "approver": _DIRECTOR}
    yield Act(last - timedelta(days=4), change_contact, (year, late), leave | reason)
    yield Act(last, clear_document, (*clears, late), _CHAPTERS | {"acting": stand_in})
    commented = {"note": "Name the ministry in full once (made up)."}
    yield Act(last + timedelta(days=2), clear_document, (year, "commented", "drl.clearer"), _CHAPTERS | commented)
    after = _cleared_on(config)
    for days, position in ((1, _bureau(config, script.after_clearance)), (2, "drl.clearer")):
        again = {"countries": [script.after_clearance]}
        yield Act(after + timedelta(days=days), clear_document, (*clears, position), _CHAPTERS | again)


def _assessment_cleared_and_released(config: CycleConfig) -> Iterator[Act]:
    """L is asked once all chapters are cleared, and silent past its due day; the director signs for going on."""
    from flows.clear_document import clear_document
    from flows.release_document import release_document

    year, released_on = config.report_year, config.calendar.step("interim-release").planned_on
    signed_on = released_on - timedelta(days=4)
    silent = {"without": [_SILENT], "reason": "asked and reminded, and the law's day is near (made up)"}
    yield Act(signed_on, release_document, (year, ASSESSMENT, _DIRECTOR), silent)
    yield Act(signed_on, clear_document, (year, "cleared", "h.clearer"), _COMPILED)
    yield Act(signed_on + timedelta(days=1), clear_document, (year, "cleared", _DIRECTOR), _COMPILED)
    yield Act(released_on, release_document, (year, ASSESSMENT, _DIRECTOR))


def _supplement(config: CycleConfig, script: Script) -> Iterator[Act]:
    from flows.clear_document import clear_document
    from flows.release_document import release_document

    year, came_on = config.report_year, second_thoughts_on(config)[1]
    words = {"nature": "supplement", "reason": "a report that came after the release (made up)"}
    yield Act(came_on + timedelta(days=1), release_document, (year, ASSESSMENT, _DIRECTOR), words)
    clearers = (_bureau(config, script.after_release), "drl.clearer")
    for days, position in enumerate(clearers, 2):
        one = {"countries": [script.after_release]}
        yield Act(came_on + timedelta(days=days), clear_document, (year, "cleared", position), _CHAPTERS | one)
    for days, position in enumerate((_SILENT, "h.clearer", _DIRECTOR), 4):
        yield Act(came_on + timedelta(days=days), clear_document, (year, "cleared", position), _COMPILED)
    yield Act(came_on + timedelta(days=8), release_document, (year, ASSESSMENT, _DIRECTOR), words)


def second_thoughts_on(config: CycleConfig) -> tuple[date, date]:
    """When two posts send another version: after the chapters were cleared, and after the release."""
    return _cleared_on(config), config.calendar.step("interim-release").planned_on + timedelta(days=12)


def _cleared_on(config: CycleConfig) -> date:
    return config.calendar.step("interim-clearance").planned_on - timedelta(days=10)


def _bureau(config: CycleConfig, iso3: str) -> str:
    bureau = config.post_for(iso3).bureau
    return f"{bureau.lower()}.bureau" if bureau else _DIRECTOR
