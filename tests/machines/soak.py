"""Does `tipcycle serve` keep its memory through hundreds of ticks? `make soak` runs them one by one and says so.

A real server, a real worker, a real ledger with an open cycle, `at` an hour further with each tick. The bars: from tick
50 on the worker stays within 10 % of what it had then, and the server below 350 MB. Exit 1 if one is not met.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.machines.machines import Machines
from tests.postgresql import INSTALL, Server, programs
from tests.service.tree import ServeTree
from tests.smoke.story import YEAR, story, utc
from tipcycle.service.process_tree import resident_mb
from tipcycle.service.self_check import TICK

TICKS = 300
_EACH, _SETTLED = 25, 50
_WORKER_SHARE, _SERVER_MB = 0.10, 350.0
_FIRST = utc("2009-10-05 13:00")


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
        if settled and tick > _SETTLED and abs(taken["worker"] - settled) > _WORKER_SHARE * settled:
            broken.append(f"tick {tick}: worker {taken['worker']:.0f} MB, at tick {_SETTLED} {settled:.0f} MB")
        if taken["server"] >= _SERVER_MB:
            broken.append(f"tick {tick}: server {taken['server']:.0f} MB, not below {_SERVER_MB:.0f}")
    return broken


def _soak(folder: Path, ticks: int) -> dict[int, dict[str, float]]:
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError(f"PostgreSQL is not installed; to have it: {INSTALL}")
    database = Server(bin_folder)
    try:
        with story(folder / "cycle", database=database.url(database.create())) as cycle:
            cycle.open_and_ask()
            machines = Machines(folder)
            try:
                machines.start_workers("worker")
                return _tick_and_look(machines, ticks)
            finally:
                machines.end()
                sent = cycle.sent()
                print(f"{sum(sent.values())} messages sent, {sum(sent.values()) - len(sent)} of them twice")
    finally:
        database.stop()


def _tick_and_look(machines: Machines, ticks: int) -> dict[int, dict[str, float]]:
    print(f"{'tick':>5} {'worker':>9} {'server':>9} {'s a tick':>9}", flush=True)
    seen: dict[int, dict[str, float]] = {}
    began = time.monotonic()
    for number in range(1, ticks + 1):
        at = _FIRST + timedelta(hours=number)
        said = machines.ended(machines.start(TICK, report_year=YEAR, at=at.isoformat()))[0]
        if not said.startswith("COMPLETED"):
            print(f"tick {number}: {said[:200]}", flush=True)
        if number % _EACH == 0 or number == 1:
            taken = {
                "worker": _megabytes(machines.workers["worker"], "prefect worker start"),
                "server": _megabytes(machines.server, "prefect server start"),
            }
            seen[number] = taken
            each = (time.monotonic() - began) / number
            print(f"{number:>5} {taken['worker']:>6.0f} MB {taken['server']:>6.0f} MB {each:>9.1f}", flush=True)
    return seen


def _megabytes(tree: ServeTree, words: str) -> float:
    pid = tree.find(words)
    if pid is None:
        raise RuntimeError(f"no process of the tree runs {words}:\n{tree.said}")
    return resident_mb([pid])


if __name__ == "__main__":
    sys.exit(main())
