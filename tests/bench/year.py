"""How long is a year, as it is rehearsed and as operations alone?"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from tests.bench.measured import Measured, interleaved, seconds
from tests.smoke.story import open_and_ask, story, utc
from tipcycle.config.load import as_it_is_now
from tipcycle.operations.tick import next_day_with_something_due, step_due_moments
from tipcycle.settings import ROOT, settings

_LEAST = 56 + 700  # action requests and what reminds of them: a play that sent less was none


def rehearsed(rounds: int) -> list[Measured]:
    """Row 9: `tipcycle rehearse` as typed, its own clock; once, for it takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tipcycle.cli", "rehearse", "--report-year", "2010", "--json", "--out", folder]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"the rehearsal failed: {done.stderr[-2000:]}")
    told = json.loads(done.stdout)
    return [
        Measured(9, "rehearsed year, first part (to 2 February)", told["first_part_s"], "s", 60),
        Measured(9, "rehearsed year, whole", told["wall_s"], "s", 120),
        Measured(9, "  start of server and receivers, not counted", told["startup_s"], "s"),
    ]


def operations_only(rounds: int) -> list[Measured]:
    """Row 10: opening, 56 action requests and every tick until 2 February, delivered to loopback, without Prefect."""
    found = interleaved(rounds, {"ours": _operations})
    return [Measured(10, "first part without Prefect and documents", found["ours"], "s", 5)]


def _operations() -> float:
    """The receivers are in this process; the operations are in one of their own, as in life."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder), rehearsal=True) as cycle:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.year"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        accepted = sum(cycle.sent().values()) + len(cycle.gateway.accepted)
    if done.returncode or accepted < _LEAST:
        raise AssertionError(f"{accepted} messages were accepted: {done.stderr[-2000:]}")
    return float(done.stdout)


def _play() -> None:
    with as_it_is_now(settings().config_dir):
        open_and_ask()
        tick_days(utc("2009-09-22 00:00"), utc("2010-02-02 23:59:59"))


def tick_days(first: datetime, last: datetime) -> None:
    """Every day on which something is due, each at its own moments."""
    day = first
    while following := next_day_with_something_due(day, last):
        asyncio.run(step_due_moments(following))
        day = following


if __name__ == "__main__":
    print(seconds(_play))
