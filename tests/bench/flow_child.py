"""One flow in a process of its own: how long, how much memory, how many calls to Prefect's server?

Typed by the benchmark as `python -m tests.bench.flow_child ours|plain LEDGER SIZE SMTP-PORT`; prints one JSON document.
`plain` is what most people write first on Prefect: one task a message, mapped, with a receipt in SQLite.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any

import fastapi.encoders  # noqa: F401  Prefect imports it in the first run of a process, and imports are not counted
import httpx
from prefect import flow, task, unmapped
from prefect.task_runners import ThreadPoolTaskRunner

from flows.remind_and_escalate import remind_and_escalate
from tests.bench.memory import peak_mb
from tests.bench.peers.work import accepted, make_ledger, send_one
from tests.bench.sweep import AT

_calls: Counter[str] = Counter()


def main(what: str, ledger: str, size: int, port: int) -> None:
    """Run it once and say what it took; the imports are not counted."""
    _count_calls()
    began = time.perf_counter()
    if what == "ours":
        told = asyncio.run(_told(remind_and_escalate))
    else:
        told = f"COMPLETED: {plain(ledger, size, port)} messages"
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "peak_mb": peak_mb(), "calls": _calls["calls"], "told": told}))


@flow(name="plain-sweep", task_runner=ThreadPoolTaskRunner(max_workers=32))  # type: ignore[arg-type]
def plain(ledger: str, size: int, port: int) -> int:
    """A task a message; returns how many receipts there are."""
    make_ledger(ledger, size)
    send.map(range(size), ledger=unmapped(ledger), port=unmapped(port)).wait()
    return accepted(ledger)


@task(name="send-one")
def send(n: int, ledger: str, port: int) -> None:
    """One message."""
    send_one(n, ledger=ledger, port=port)


async def _told(ours: Any) -> str:
    state = await ours(2010, AT, return_state=True)
    return f"{state.type.value}: {state.message}"


def _count_calls() -> None:
    """Count what the client asks of the server over HTTP; events go by websocket and are not calls."""
    send_async, send_sync = httpx.AsyncClient.send, httpx.Client.send

    async def counted_async(self: httpx.AsyncClient, *args: Any, **more: Any) -> httpx.Response:
        _calls["calls"] += 1
        return await send_async(self, *args, **more)

    def counted(self: httpx.Client, *args: Any, **more: Any) -> httpx.Response:
        _calls["calls"] += 1
        return send_sync(self, *args, **more)

    httpx.AsyncClient.send, httpx.Client.send = counted_async, counted  # type: ignore[method-assign]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
