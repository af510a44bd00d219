"""The server was off over November 15: 3 days or 45, then everything that piled up runs. One tick would have done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.operations.assemble_full_assessment import owed_full_chapters
from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.request_annual_submissions import owed_instructions, request_annual_submissions
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.operations.watchman import watchman
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.settings import settings
from tipcycle.store import Store

LATE_RUNS = 300
APART = timedelta(seconds=4)  # what a worker takes from one late run to the next


@pytest.mark.parametrize(
    ("off", "on"),
    [
        pytest.param(utc("2009-11-13 15:00"), utc("2009-11-16 15:00"), id="3 days"),
        pytest.param(utc("2009-11-09 15:00"), utc("2009-12-24 15:00"), id="45 days"),
    ],
)
def test_300_late_ticks_leave_the_same_ledger_as_one(
    tmp_path: Path, asked_ledger: Path, off: datetime, on: datetime
) -> None:
    ends = {}
    for ticks in (1, LATE_RUNS):
        with story(tmp_path / str(ticks), ledger=asked_ledger) as cycle:
            cycle.tick_hourly(off - timedelta(hours=3), off)
            before = cycle.sent()
            for number in range(ticks):
                cycle.tick(on + number * APART)
            told = cycle.sent() - before
            seen = watchman(YEAR, on + timedelta(minutes=30)).watch

            assert told
            assert set(told.values()) == {1}
            # steps that fell due meanwhile are other flows' work
            assert [one.line for one in seen.differences if one.kind != "step owed"] == []
            ends[ticks] = (write_ledger(tmp_path / f"{ticks}.csv", YEAR), sorted(told))

    assert ends[1] == ends[LATE_RUNS]
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / f"{LATE_RUNS}.csv").read_bytes()


def _open(at: datetime) -> str:
    return open_cycle(YEAR, at).line


def _ask(at: datetime) -> str:
    owed = owed_requests(YEAR, at)
    for _, countries in owed.by_post:
        asyncio.run(send_action_requests(YEAR, countries, at))
    return owed.line


def _instruct(at: datetime) -> str:
    owed = owed_instructions(YEAR, at)
    for _, posts in owed.batches:
        asyncio.run(request_annual_submissions(YEAR, posts, at))
    return owed.line


def _draft(at: datetime) -> str:
    owed = owed_chapters(YEAR, at)
    if owed.countries:
        write_chapters(YEAR, owed.countries[:3], at)
        record_draft(YEAR, at)
    return owed.line


def _listed(cycle: Story) -> None:
    cycle.open_and_clear()


def _nothing(cycle: Story) -> None:
    """The cycle is not even open."""


def _asked(cycle: Story) -> None:
    cycle.open_and_ask()


STEP_FLOWS = {
    "open-cycle": (_nothing, _open, "2009-08-31", "cycle 2010: ", "cycle 2010: open"),
    "send-action-requests": (_listed, _ask, "2009-09-21", "56 action requests owed", "every action request is out"),
    "request-annual-submissions": (_listed, _instruct, "2009-12-14", "reporting instructions owed", "nothing owed"),
    "assemble-interim-assessment": (_asked, _draft, "2009-12-18", "56 chapters owed", "the draft was made"),
}


@pytest.mark.parametrize("name", STEP_FLOWS)
@pytest.mark.parametrize("late_by", [0, 45])
def test_a_step_is_not_before_its_day_and_then_done_once_however_late(tmp_path: Path, name: str, late_by: int) -> None:
    prepare, step, planned_on, owed, over = STEP_FLOWS[name]
    day = utc(f"{planned_on} 15:00") + timedelta(days=late_by)
    with story(tmp_path) as cycle:
        prepare(cycle)

        assert "not before" in step(utc(f"{planned_on} 15:00") - timedelta(days=1))
        assert str(owed) in step(day)
        first = write_ledger(tmp_path / "first.csv", YEAR)
        again = [step(day + timedelta(hours=hours)) for hours in (0, 1, 24)]

        assert all(str(over) in line for line in again), again
        assert write_ledger(tmp_path / "again.csv", YEAR) == first
        assert set(cycle.gateway.accepted.values()) <= {1}


@pytest.mark.parametrize("late_by", [0, 45])
def test_a_cycle_that_is_opened_late_has_its_list_recorded_in_the_same_run(tmp_path: Path, late_by: int) -> None:
    day = utc("2009-09-14 12:00") + timedelta(days=late_by)
    with story(tmp_path):
        assert "special watch list recorded, 56 entries" in open_cycle(YEAR, day).line

        with Store.read(settings().ledger_url) as store:
            known = store.cycles.get(YEAR)
    assert known.opened_at == known.listed_at == day


OWED: dict[str, Callable[[int, datetime], object]] = {
    "send-action-requests": owed_requests,
    "request-annual-submissions": owed_instructions,
    "assemble-interim-assessment": owed_chapters,
    "assemble-full-assessment": owed_full_chapters,
}


@pytest.mark.parametrize("name", OWED)
def test_a_step_of_a_cycle_that_was_never_opened_waits_and_says_so(tmp_path: Path, name: str) -> None:
    with story(tmp_path):
        line = OWED[name](YEAR, utc("2010-05-30 12:00")).line  # type: ignore[attr-defined]

    assert line.startswith(("cycle 2010 is not open yet", "the special watch list is not recorded yet: open-cycle "))


def test_a_request_that_was_cleared_during_the_outage_goes_with_the_first_run(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        open_cycle(YEAR, utc("2009-09-14 12:00"))
        back = utc("2009-11-05 15:00")
        assert owed_requests(YEAR, back).by_post == ()
        clear_documents(YEAR, decision="cleared", position="gtip.director", at=back, preview=False)

        _ask(back)

        assert len(cycle.gateway.accepted) == 56
