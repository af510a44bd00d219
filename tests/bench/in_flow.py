"""How does a sweep fare inside its Prefect flow, against a plain Prefect task a message?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.measured import Measured, interleaved
from tests.bench.receiver import receiver
from tests.bench.sweep import SIZE, sealed, sent_bare
from tests.flows.prefect_runs import post
from tests.fresh_server import fresh_server
from tipcycle.operations.plan_messages import BATCH
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT

_PLAIN = 2_000


def against_plain_prefect(rounds: int) -> list[Measured]:
    """Row 2: 2,000 messages each way against one server; and, as limits, a loop that only sends and an empty flow."""
    with receiver() as port, prefect_server() as server:
        sides = {
            "ours": lambda: sweep_in_flow(server, _PLAIN, port)["seconds"],
            "plain": lambda: _plain(server, port)["seconds"],
            "bare": lambda: sent_bare(_PLAIN, port),
            "nothing": lambda: sweep_in_flow(server, 0, port)["seconds"],
        }
        found = interleaved(rounds, sides)
    faster, most = (found["plain"] / found[side] for side in ("ours", "bare"))
    return [
        Measured(2, "sweep of 2,000 in its flow, faster than a task a message", faster, "x", 20, at_least=True),
        Measured(2, "  in our flow", found["ours"], "s"),
        Measured(2, "  the same flow with nothing to send", found["nothing"], "s"),
        Measured(2, "  one Prefect task a message", found["plain"], "s"),
        Measured(2, "  no more can be had from this receiver: a bare SMTP loop", most, "x"),
    ]


def memory_and_calls(rounds: int) -> list[Measured]:
    """Rows 5 and 6: 20,000 messages in one flow; calls and task runs at 0, 50, 200 and 20,000."""
    sizes = (0, 50, BATCH, SIZE)
    with receiver() as port, prefect_server() as server:
        runs = {}
        for size in sizes:
            before = _task_runs(server)
            runs[size] = sweep_in_flow(server, size, port)
            runs[size]["task_runs"] = _settled_task_runs(server, before) - before
    most, made = runs[SIZE], _tasks_made(SIZE)
    more, recorded = most["calls"] - runs[0]["calls"], most["task_runs"] / made
    told = f"{most['task_runs']} recorded, {made} made"
    return [
        Measured(5, "peak of a client with Prefect loaded, at 20,000 messages", most["peak_mb"], "MB", 180),
        Measured(6, "calls to Prefect at 20,000 messages, beyond an idle tick's", more, "calls", 0),
        *(Measured(6, f"  calls at {size:,} messages", run["calls"], "calls") for size, run in runs.items()),
        Measured(6, "  task runs recorded of those made", recorded, "x", 1, at_least=True, note=told),
    ]


def _tasks_made(size: int) -> int:
    """step-due-moments, plan-messages (twice when there was something) and show-board, and one a batch."""
    return 3 + (1 if size else 0) + -(-size // BATCH)


def sweep_in_flow(server: PrefectServer, size: int, port: int) -> dict[str, Any]:
    with sealed(size, port):
        found = _child(server, "ours", "-", size, port)
    if not found["told"].startswith("COMPLETED") or (size and f"{size} messages" not in found["told"]):
        raise AssertionError(f"the sweep of {size} in its flow ended with: {found['told']}")
    return found


def _plain(server: PrefectServer, port: int) -> dict[str, Any]:
    """What the server still has to write of its runs afterwards is waited for: it is not the next one's burden."""
    before = _task_runs(server)
    with tempfile.TemporaryDirectory() as folder:
        found = _child(server, "plain", f"{folder}/plain.sqlite3", _PLAIN, port)
    if f"{_PLAIN} messages" not in found["told"]:
        raise AssertionError(f"plain Prefect ended with: {found['told']}")
    _settled_task_runs(server, before)
    return found


def _child(server: PrefectServer, what: str, ledger: str, size: int, port: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.flow_child", what, ledger, str(size), str(port)]
    environment = server.environment | {name: os.environ[name] for name in os.environ if name.startswith("TIPCYCLE_")}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{what} at {size} failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def prefect_server() -> Iterator[PrefectServer]:
    with tempfile.TemporaryDirectory() as home, fresh_server(Path(home)) as server:
        yield server


def _task_runs(server: PrefectServer) -> int:
    return int(post(server, "/task_runs/count", {}))


def _settled_task_runs(server: PrefectServer, before: int, *, within_s: float = 30) -> int:
    """The server writes task runs from events, a little later: wait until their number stays for two seconds."""
    seen, since, deadline = before, time.monotonic(), time.monotonic() + within_s
    while time.monotonic() < deadline and time.monotonic() - since < 2:
        time.sleep(0.2)
        now = _task_runs(server)
        if now != seen:
            seen, since = now, time.monotonic()
    return seen
