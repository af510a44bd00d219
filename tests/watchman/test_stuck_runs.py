"""Which runs are ended, and which are left: both sides of every limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.smoke.story import utc
from tipcycle.watchman.stuck_runs import Deed, Run, decide_sweep

AT = utc("2009-11-16 14:40")
TICK, STEP, BY_HAND = frozenset({"tick", "cycle:2010"}), frozenset({"step"}), frozenset({"manual"})


def _ago(**span: float) -> datetime:
    return AT - timedelta(**span)


def _run(state: str, name: str, since: datetime, tags: frozenset[str] = TICK, *, scheduled: bool = True) -> Run:
    return Run("remind", state, name, since, since, since, tags, scheduled)


@pytest.mark.parametrize(
    ("run", "deed"),
    [
        pytest.param(_run("PENDING", "Pending", _ago(minutes=10)), "leave", id="pending for ten minutes"),
        pytest.param(_run("PENDING", "Pending", _ago(minutes=11)), "crash and make again", id="a lost tick"),
        pytest.param(_run("PENDING", "Submitting", _ago(days=3), STEP), "crash and make again", id="a lost step"),
        pytest.param(_run("PENDING", "Submitting", _ago(hours=1), BY_HAND), "crash", id="a lost form"),
        pytest.param(_run("PENDING", "Pending", _ago(hours=1), frozenset()), "crash", id="a lost intake"),
        pytest.param(_run("RUNNING", "Running", _ago(hours=3)), "leave", id="silent for three hours"),
        pytest.param(_run("RUNNING", "Running", _ago(hours=3, minutes=1)), "crash", id="silent for longer"),
        pytest.param(
            replace(_run("RUNNING", "Running", _ago(days=2)), last_sign_at=_ago(minutes=3)),
            "leave",
            id="running for two days with a heartbeat",
        ),
        pytest.param(_run("SCHEDULED", "Late", _ago(days=1)), "leave", id="late by a day"),
        pytest.param(_run("SCHEDULED", "Late", _ago(days=1, minutes=1)), "cancel", id="late by more"),
        pytest.param(_run("SCHEDULED", "AwaitingConcurrencySlot", _ago(days=2)), "cancel", id="queued for two days"),
        pytest.param(
            _run("SCHEDULED", "Late", _ago(days=2), BY_HAND, scheduled=False), "leave", id="a form no worker took yet"
        ),
        pytest.param(_run("SCHEDULED", "Scheduled", _ago(days=2)), "leave", id="scheduled"),
        pytest.param(_run("SCHEDULED", "AwaitingRetry", _ago(days=2)), "leave", id="to be tried again"),
        pytest.param(_run("PAUSED", "Paused", _ago(days=40)), "leave", id="paused for a person"),
        pytest.param(_run("PAUSED", "Suspended", _ago(days=40)), "leave", id="suspended for a person"),
        pytest.param(_run("CANCELLING", "Cancelling", _ago(days=2)), "leave", id="being cancelled"),
        pytest.param(
            replace(_run("RUNNING", "Running", _ago(days=2)), is_sweeper=True), "leave", id="the sweeper itself"
        ),
    ],
)
def test_a_run_is_ended_only_when_nobody_can_be_executing_it(run: Run, deed: Deed) -> None:
    verdict = decide_sweep(run, at=AT)

    assert verdict.deed == deed
    assert bool(verdict.reason) == (deed != "leave")
