"""What becomes of a run that nobody executes any more? Decided from its state, its age and what it is tagged with.

A worker that is killed leaves what it had taken "Pending" or "Submitting" for ever, and what it executed "Running".
Whatever waits for a person (paused, suspended) is left alone, and so is what a person started and no worker took yet:
dropping a tick loses nothing, for the next one asks what is owed; dropping a decision would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Deed = Literal["leave", "crash", "crash and make again", "cancel"]

SUBMITTED = timedelta(minutes=10)
SILENT = timedelta(hours=3)
LATE = timedelta(days=1)
MADE_AGAIN = frozenset({"step", "tick"})  # tags of deployments that ask what is owed, so one run more is harmless
_WAITING_FOR_A_WORKER = ("Late", "AwaitingConcurrencySlot")


@dataclass(frozen=True)
class Run:
    """A run as Prefect has it: `state` is its type, `state_name` what people see, `since` when it came into it.

    `last_sign_at`: its last heartbeat or change. `expected_at`: when it was to begin. `scheduled`: no person made it.
    """

    name: str
    state: str
    state_name: str
    since: datetime
    last_sign_at: datetime
    expected_at: datetime
    tags: frozenset[str]
    scheduled: bool
    is_sweeper: bool = False


@dataclass(frozen=True)
class Verdict:
    """What to do with a run, and why; a run that is left has no reason."""

    deed: Deed
    reason: str = ""


_LEAVE = Verdict("leave")


def decide_sweep(run: Run, *, at: datetime) -> Verdict:
    """What becomes of one run at `at`; a limit is passed only by more than its length."""
    if run.is_sweeper:
        return _LEAVE
    if run.state == "PENDING" and at - run.since > SUBMITTED:
        deed: Deed = "crash and make again" if run.tags & MADE_AGAIN else "crash"
        return Verdict(deed, f"{run.state_name} for {_span(at - run.since)}: the worker that took it is gone")
    if run.state == "RUNNING" and at - run.last_sign_at > SILENT:
        return Verdict("crash", f"running without a sign of life for {_span(at - run.last_sign_at)}")
    waits = run.state == "SCHEDULED" and run.state_name in _WAITING_FOR_A_WORKER
    if waits and run.scheduled and at - run.expected_at > LATE:
        return Verdict("cancel", f"late by {_span(at - run.expected_at)}: newer runs ask what is owed")
    return _LEAVE


def _span(length: timedelta) -> str:
    """`3 days`, `5 h`, `12 min`."""
    hours = length // timedelta(hours=1)
    if hours >= 48:
        return f"{hours // 24} days"
    return f"{hours} h" if hours else f"{length // timedelta(minutes=1)} min"
