"""Receivers that fail in every way that we know of; short days of what `make faults` plays at length."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.mail_day import play_mail_day
from tests.faults.rungs_day import play_rungs_day
from tests.faults.starving import STATUTORY, play_queue
from tests.faults.web_day import WebDay, play_web_day
from tests.receivers.faults import Fault
from tests.receivers.web import WebFault

MAIL: dict[Fault, int] = {
    "busy": 20,
    "full": 4,
    "gone": 6,
    "hang up": 6,
    "drop": 8,
    "lose": 5,
    "stall": 1,
    "stall at the end": 1,
    "slow": 10,
}
WEB: dict[WebFault, int] = {
    "too many": 1,
    "too many for long": 1,
    "broken": 2,
    "broken after": 2,
    "away": 2,
    "bad token": 3,
    "page": 1,
    "stall at the end": 1,
}

# By the gateway's contract 200 says that it was taken, whatever stands below it.
GATEWAY: dict[WebFault, int] = {fault: times for fault, times in WEB.items() if fault != "page"}


def test_the_unknown_mails_of_a_bad_day_are_those_of_which_nobody_can_know(tmp_path: Path) -> None:
    day = play_mail_day(tmp_path, 300, MAIL, seed=3, time_out=2)

    assert day.came_about == day.planned | {"busy": 4 * MAIL["busy"]}
    assert sorted(day.listed) == sorted(day.unknowable), "each once, and nothing else"
    assert (day.lost, day.not_as_they_must_be, day.broken) == (set(), {}, [])
    assert day.doubled, "a statutory one that was kept without an answer is repeated by rule"
    assert day.doubled_beyond_unknown == set()
    assert (day.unmarked, day.passed_on_later) == (set(), set())


def test_each_post_hears_before_anybody_above_it_although_mail_and_slack_fail(
    tmp_path: Path, asked_ledger: Path
) -> None:
    day = play_rungs_day(tmp_path, asked_ledger, seed=5, every=timedelta(hours=6))

    assert {"busy", "gone", "hang up", "full", "drop", "lose", "too many"} <= set(day.came_about)
    assert day.unknown == day.injected
    assert (day.out_of_order, day.unreached, day.doubled) == ([], [], set())
    assert day.watchman == []


@pytest.mark.parametrize("stalling", [pytest.param(0, id="a good day"), pytest.param(3, id="a server that stalls")])
def test_statutory_mail_goes_before_courtesies_that_were_sealed_earlier(tmp_path: Path, stalling: int) -> None:
    queue = play_queue(tmp_path, 300, stalling=stalling, time_out=1)

    assert queue.place == STATUTORY
    assert (queue.stalls, queue.lost) == (stalling, 0)


def test_a_bad_day_of_slack(tmp_path: Path) -> None:
    day = play_web_day(tmp_path, "slack", 40, WEB, seed=4, time_out=2)

    _nothing_lost(day)
    assert sorted(day.listed) == sorted(day.unknowable), "each once, and nothing else"
    assert day.unknown_at_the_end == day.unknowable, "Slack honours no key, so nothing is repeated without being asked"
    assert day.doubled == set()


@pytest.mark.parametrize("idempotent", [True, False])
def test_a_bad_day_of_the_gateway(tmp_path: Path, *, idempotent: bool) -> None:
    day = play_web_day(tmp_path, "cable", 40, GATEWAY, seed=4, time_out=2, idempotent=idempotent)

    _nothing_lost(day)
    assert sorted(day.listed) == sorted(day.unknowable)
    assert day.unknown_at_the_end == set(), "a repeat of the same key is harmless, so it is made"
    assert bool(day.doubled) != idempotent, "where the gateway keeps its contract the effect is exactly once"
    assert day.doubled <= day.unknowable


def _nothing_lost(day: WebDay) -> None:
    assert day.came_about.keys() == day.planned.keys()
    assert day.lost == set()
    assert set(day.states) <= {"accepted", "unknown"}
