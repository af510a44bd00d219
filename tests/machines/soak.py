"""Does `tipcycle serve` keep its memory through hundreds of ticks? `make soak` runs them one by one and says so.

A real tree, a real ledger with an open cycle, `at` an hour further with each tick. The bars: from tick 50 on the worker
stays within 10 % of what it had then, and the server stays below 350 MB. Exit 1 if one is not met.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.service.tree import ServeTree
from tests.smoke.story import YEAR, story, utc
from tipcycle.service.process_tree import resident_mb
from tipcycle.service.self_check import TICK

TICKS = 300
_EACH, _SETTLED = 25, 50
_WORKER_SHARE, _SERVER_MB = 0.10, 350.0
_FIRST = utc("2009-10-05 13:00")
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
_PROGRAMS = {"worker": "prefect worker start", "server": "prefect server start"}


def main() -> int:
    """Run the ticks, print a line every 25; what is not met is told at the end."""
    ticks = int(sys.argv[1]) if len(sys.argv) > 1 else TICKS
    with tempfile.TemporaryDirectory(prefix="tipcycle-soak-") as name:
        seen = _soak(Path(name), ticks)
    broken = broken_bars(seen)
    print("\n".join(broken) or f"flat over {ticks} ticks: worker within 10 % from tick {_SETTLED} on, server < 350 MB")
    return bool(broken)


def broken_bars(seen: dict[int, dict[str, float]]) -> list[str]:
    """A line for each figure beyond its bar; `seen` is memory in MB by number of ticks and process."""
    settled = seen.get(_SETTLED, {}).get("worker")
    broken = [] if settled else [f"fewer than {_SETTLED} ticks say nothing of the worker"]
    for tick, taken in seen.items():
        if settled and tick > _SETTLED and abs(taken["worker"] / settled - 1) > _WORKER_SHARE:
            broken.append(f"tick {tick}: worker {taken['worker']:.0f} MB, at tick {_SETTLED} {settled:.0f} MB")
        if taken["server"] >= _SERVER_MB:
            broken.append(f"tick {tick}: server {taken['server']:.0f} MB, not below {_SERVER_MB:.0f}")
    return broken


def _soak(folder: Path, ticks: int) -> dict[int, dict[str, float]]:
    with story(folder / "cycle") as cycle:
        cycle.open_and_ask()
        receivers = {
            "TIPCYCLE_SMTP_HOST": "127.0.0.1",
            "TIPCYCLE_SMTP_PORT": str(cycle.mailbox.port),
            "TIPCYCLE_SLACK_URL": cycle.slack.url,
            "TIPCYCLE_SLACK_TOKEN": "test",
            "TIPCYCLE_DATABASE_URL": f"sqlite:///{folder}/cycle/tipcycle.sqlite3",
        }
        tree = ServeTree(folder / "served", **receivers)
        try:
            tree.wait_until_ready()
            return _tick_and_look(tree, ticks)
        finally:
            tree.end()
            sent = cycle.sent()
            print(f"{sum(sent.values())} messages sent, {sum(sent.values()) - len(sent)} of them twice")


def _tick_and_look(tree: ServeTree, ticks: int) -> dict[int, dict[str, float]]:
    print(f"{'tick':>5} {'worker':>9} {'server':>9} {'s a tick':>9}", flush=True)
    deployment = tree.api.get(f"/deployments/name/{TICK}/{TICK}")["id"]
    seen: dict[int, dict[str, float]] = {}
    began = time.monotonic()
    for number in range(1, ticks + 1):
        state = _tick(tree, deployment, _FIRST + timedelta(hours=number))
        if state["type"] != "COMPLETED":
            print(f"tick {number}: {state['type']}: {str(state.get('message'))[:200]}", flush=True)
        if number % _EACH == 0 or number == 1:
            seen[number] = {name: _megabytes(tree, words) for name, words in _PROGRAMS.items()}
            each = (time.monotonic() - began) / number
            print(
                f"{number:>5} {seen[number]['worker']:>6.0f} MB {seen[number]['server']:>6.0f} MB {each:>9.1f}",
                flush=True,
            )
    return seen


def _tick(tree: ServeTree, deployment: str, at: datetime) -> dict[str, Any]:
    body = {"state": {"type": "SCHEDULED"}, "parameters": {"report_year": YEAR, "at": at.isoformat()}}
    run = tree.api.post(f"/deployments/{deployment}/create_flow_run", body)["id"]
    while True:
        state: dict[str, Any] = tree.api.get(f"/flow_runs/{run}")["state"]
        if state["type"] in _ENDED:
            return state
        time.sleep(0.2)


def _megabytes(tree: ServeTree, words: str) -> float:
    pid = tree.find(words)
    if pid is None:
        raise RuntimeError(f"no process of the tree runs {words}:\n{tree.said}")
    return resident_mb([pid])


if __name__ == "__main__":
    sys.exit(main())
