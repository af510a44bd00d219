"""DBOS: a queue with a durable workflow a message. Typed as a command; prints seconds as JSON."""

from __future__ import annotations

import json
import os
import sys
import time

from dbos import DBOS, DBOSConfig, Queue

from tests.bench.peers.work import accepted, make_ledger, send_one

queue = Queue("sweep", concurrency=32)


@DBOS.step()  # type: ignore[untyped-decorator]
def deliver(n: int) -> None:
    """Send it, as a step, so that a restart does not send it again."""
    send_one(n, ledger=os.environ["SWEEP_LEDGER"], port=int(os.environ["SWEEP_PORT"]))


@DBOS.workflow()  # type: ignore[untyped-decorator]
def send(n: int) -> None:
    """One message."""
    deliver(n)


def main(size: int) -> None:
    """From the first enqueued workflow to the last result; DBOS's own start is not counted."""
    make_ledger(os.environ["SWEEP_LEDGER"], size)
    config: DBOSConfig = {"name": "sweep", "system_database_url": os.environ["SWEEP_DATABASE"], "log_level": "ERROR"}
    DBOS(config=config)
    DBOS.launch()
    began = time.perf_counter()
    for handle in [queue.enqueue(send, n) for n in range(size)]:
        handle.get_result()
    took = time.perf_counter() - began
    DBOS.destroy()
    print(json.dumps({"seconds": took, "accepted": accepted(os.environ["SWEEP_LEDGER"])}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
