"""What do 10 and 100 times the posts cost? The first part of the year as operations, each size in its own process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.in_flow import prefect_server
from tests.bench.measured import Measured, exponent, seconds
from tests.bench.memory import peak_mb
from tests.bench.scaled_config import write_scaled_config
from tests.bench.year import tick_days
from tests.smoke.story import YEAR, story, utc
from tipcycle.config import load_config
from tipcycle.config.load import as_it_is_now
from tipcycle.operations.tick import next_day_with_something_due
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT, settings

FACTORS = (1, 10, 100)
_IN_FLOWS = 10


def scale(rounds: int) -> list[Measured]:
    """Row 11: opening, asking and every tick until 2 February; nobody answers, everything is delivered to loopback.

    As in a rehearsal, config/ is read once, and nobody looks whether it was edited.
    """
    found = {factor: _in_a_process(factor) for factor in FACTORS}
    with prefect_server() as server:
        flows = _in_a_process(_IN_FLOWS, server)
    posts = {one["posts"]: one["ask_s"] + one["tick_s"] for one in found.values()}
    most = found[max(FACTORS)]
    return [
        Measured(11, f"growth from {min(posts)} to {max(posts):,} posts (exponent)", exponent(posts), "", 1.1),
        Measured(11, f"memory at {most['posts']:,} posts", most["peak_mb"], "MB", 1_000),
        *(
            Measured(11, f"  {one['posts']:,} posts", one["ask_s"] + one["tick_s"], "s",
                     note=f"{one['messages']:,} messages; reading config takes {one['load_s']:.1f} s more")
            for one in found.values()
        ),
        Measured(11, f"  {flows['posts']:,} posts, each day's tick a flow of Prefect", flows["ask_s"] + flows["tick_s"],
                 "s", note=f"{flows['messages']:,} messages"),
    ]  # fmt: skip


def _in_a_process(factor: int, server: PrefectServer | None = None) -> dict[str, Any]:
    """What one size cost; with a server its days are ticked by the flow, else by the operation alone."""
    command = [sys.executable, "-m", "tests.bench.scale", str(factor), *(["flows"] if server else [])]
    environment = server.environment if server else None
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env=environment)
    if done.returncode:
        raise AssertionError(f"{factor} times the posts failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(factor: int, tick_all: Callable[[datetime, datetime], None]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        posts = write_scaled_config(config, factor)
        os.environ["TIPCYCLE_CONFIG_DIR"] = str(config)
        load_s = seconds(lambda: load_config(config, YEAR))
        with story(Path(folder) / "var", rehearsal=True) as cycle, as_it_is_now(config):
            assert settings().config_dir == config
            ask_s = seconds(cycle.open_and_ask)
            tick_s = seconds(lambda: tick_all(utc("2009-09-22 00:00"), utc("2010-02-02 23:59:59")))
            messages = sum(cycle.sent().values()) + len(cycle.gateway.accepted)
    return {
        "posts": posts,
        "load_s": load_s,
        "ask_s": ask_s,
        "tick_s": tick_s,
        "messages": messages,
        "peak_mb": peak_mb(),
    }


def _tick_by_flows(first: datetime, last: datetime) -> None:
    """The same days, each ticked by the flow against the server that the environment names."""
    from flows.remind_and_escalate import remind_and_escalate

    async def run() -> None:
        day = first
        while following := next_day_with_something_due(day, last):
            state: Any = await remind_and_escalate(YEAR, following, return_state=True)
            if not state.is_completed():
                raise AssertionError(state.message)
            day = following

    asyncio.run(run())


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), _tick_by_flows if sys.argv[2:] else tick_days)))
