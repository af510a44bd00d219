"""What do 10 and 100 times the posts cost? The first part of the year as operations, each size in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.measured import Measured, exponent, seconds
from tests.bench.scaled_config import write_scaled_config
from tests.bench.year import tick_days
from tests.smoke.story import YEAR, story, utc
from tipcycle.config import load_config
from tipcycle.settings import ROOT, settings

FACTORS = (1, 10, 100)


def scale(rounds: int) -> list[Measured]:
    """Row 11: opening, asking and every tick until 2 February; nobody answers, everything is delivered to loopback."""
    found = {factor: _in_a_process(factor) for factor in FACTORS}
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
    ]  # fmt: skip


def _in_a_process(factor: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.scale", str(factor)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise AssertionError(f"{factor} times the posts failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(factor: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        posts = write_scaled_config(config, factor)
        os.environ["TIPCYCLE_CONFIG_DIR"] = str(config)
        load_s = seconds(lambda: load_config(config, YEAR))
        with story(Path(folder) / "var", rehearsal=True) as cycle:
            assert settings().config_dir == config
            ask_s = seconds(cycle.open_and_ask)
            tick_s = seconds(lambda: tick_days(utc("2009-09-22 00:00"), utc("2010-02-02 23:59:59")))
            messages = sum(cycle.sent().values()) + len(cycle.gateway.accepted)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return {
        "posts": posts,
        "load_s": load_s,
        "ask_s": ask_s,
        "tick_s": tick_s,
        "messages": messages,
        "peak_mb": int(peak.split()[1]) / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
