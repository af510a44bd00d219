"""Celery with Redis: a task a message, two worker processes. Typed as a command; prints seconds as JSON.

SWEEP_LEDGER, SWEEP_PORT and SWEEP_REDIS say where; the worker's start is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from celery import Celery, group

from tests.bench.peers.work import accepted, make_ledger, send_one

NAME = "tests.bench.peers.celery_sweep"
app = Celery(NAME, broker=os.environ["SWEEP_REDIS"], backend=os.environ["SWEEP_REDIS"])
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=16, task_ignore_result=False)


@app.task(name=f"{NAME}.send")  # type: ignore[untyped-decorator]
def send(n: int) -> None:
    """One message."""
    send_one(n, ledger=os.environ["SWEEP_LEDGER"], port=int(os.environ["SWEEP_PORT"]))


def main(size: int) -> None:
    """Start a worker, wait until it answers, then count from the first enqueued task to the last receipt."""
    make_ledger(os.environ["SWEEP_LEDGER"], size)
    command = [sys.executable, "-m", "celery", "-A", NAME, "worker", "--concurrency", "2", "--loglevel", "ERROR"]
    with subprocess.Popen(command) as worker:
        try:
            while not app.control.ping(timeout=0.5):
                pass
            began = time.perf_counter()
            group(send.s(n) for n in range(size))().get(timeout=600, disable_sync_subtasks=False)
            took = time.perf_counter() - began
        finally:
            worker.terminate()
    print(json.dumps({"seconds": took, "accepted": accepted(os.environ["SWEEP_LEDGER"])}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
