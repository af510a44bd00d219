"""Measures the spine, sides interleaved, medians of three; prints ratios and absolute times of this machine."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import aiosmtplib

from tests.bench.products import products
from tests.bench.receiver import receiver
from tests.bench.workbook import measure_workbook
from tests.smoke.story import YEAR, story, utc
from tipcycle.delivery.mime import as_mail
from tipcycle.model.message import Message
from tipcycle.operations.deliver import deliver
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.tick import next_day_with_something_due, step_due_moments
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

_ROUNDS = 3
_SWEEP = 2_000
_NOTICES = 3_000


def main() -> None:
    """Every measurement, a table, and a JSON file named after the day."""
    results: dict[str, dict[str, object]] = {
        "machine": {"cores": os.cpu_count(), "python": sys.version.split()[0]},
        "sweep over SMTP, 2,000 messages": _sweep(),
        "idle tick": _idle(),
        "watch list to interim assessment, operations only": _year(),
        "rules replay, 20,000 rows, whole command": _replay(),
        "products of 190 action requests": products(),
        "workbook of 1,000 rows": measure_workbook(),
    }
    for name, values in results.items():
        print(name)
        for what, value in values.items():
            print(f"  {what:<48}{value}")
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{datetime.now(UTC):%Y-%m-%d}.json"
    target.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written: {target.relative_to(ROOT)}")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _sweep() -> dict[str, object]:
    """Our claim, send, journal and receipts against a bare loop that only sends the same mails."""
    ours, bare = [], []
    with receiver() as port:
        for number in range(_ROUNDS):
            bare.append(_seconds(lambda: asyncio.run(_send_bare(port, [_mail(n) for n in range(_SWEEP)]))))
            with tempfile.TemporaryDirectory() as folder, story(Path(folder)):
                os.environ["TIPCYCLE_SMTP_PORT"] = str(port)
                messages = [_mail(n) for n in range(_SWEEP)]
                with Store.begin(settings().ledger_url) as store:
                    for message in messages:
                        store.messages.seal(message)
                keys = [message.key for message in messages]
                ours.append(_seconds(lambda keys=keys: asyncio.run(deliver(keys, utc("2009-11-13 09:00")))))  # type: ignore[misc]
            print(f"  round {number + 1} of {_ROUNDS} done", file=sys.stderr)
    return {
        "bare SMTP loop, s": round(statistics.median(bare), 2),
        "through ledger and journal, s": round(statistics.median(ours), 2),
        "ratio (bar 1.3 at 20,000)": round(statistics.median(ours) / statistics.median(bare), 2),
    }


async def _send_bare(port: int, messages: list[Message]) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
        for message in messages:
            await client.send_message(as_mail(message, sender="bench@gtip.example"))


def _mail(n: int) -> Message:
    return Message(
        key=f"message:{YEAR}:bench.{n}:email:2009-11-13:1",
        report_year=YEAR,
        position=f"bench.{n}",
        channel="email",
        address=f"bench.{n}@posts.example",
        local_on=date(2009, 11, 13),
        n=1,
        subject="Due: progress report",
        body="x" * 1200,
        sealed_at=utc("2009-11-13 09:00"),
        message_id=f"<{n}@tipcycle.example>",
    )


def _idle() -> dict[str, object]:
    """A tick of a ledger with 3,000 notices, none of them due."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder)) as cycle:
        cycle.open_and_ask()
        at = utc("2009-09-22 00:00")
        cycle.tick(at)
        with Store.begin(settings().ledger_url) as store:
            known = [one for one in store.notices.of_cycle(YEAR) if one.state == "owed" and one.due_at > at]
            missing = _NOTICES - sum(store.notices.counts(YEAR).values())
            store.notices.add([replace(known[n % len(known)], key=f"notice:bench:{n}") for n in range(missing)])
            notices = sum(store.notices.counts(YEAR).values())
        times = [_seconds(lambda: plan_messages(at)) for _ in range(300)]
    return {"notices": notices, "median, ms (bar 1)": round(statistics.median(times) * 1000, 2)}


def _year() -> dict[str, object]:
    """Opening, 56 action requests and every tick until 2 February, all delivered to loopback, no Prefect."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder), rehearsal=True) as cycle:
        asked = _seconds(cycle.open_and_ask)
        ticked = _seconds(_tick_to_the_end)
        messages = sum(cycle.sent().values()) + len(cycle.gateway.accepted)
    return {
        "56 action requests, s": round(asked, 2),
        "every tick, s": round(ticked, 2),
        "messages accepted": messages,
    }


def _replay() -> dict[str, object]:
    """A made-up history of 800 countries over 25 Reports through the command as typed, start of Python included."""
    dice = random.Random(1)
    codes = ["".join(letters) for letters in itertools.product("ABCDEFGHIJ", "ABCDEFGHIJ", "ABCDEFGH")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        rows = [
            f"{year},x,{code},{dice.choice(('1', '2', '2WL', '3'))}" for year in range(2001, 2026) for code in codes
        ]
        path.write_text("report_year,country,iso3,tier\n" + "\n".join(rows), encoding="utf-8")
        command = [sys.executable, "-m", "tipcycle.cli", "rules", "replay", str(path), "--json"]
        times = [
            _seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)) for _ in range(_ROUNDS)
        ]
    return {"median, s (bar 1)": round(statistics.median(times), 2)}


def _tick_to_the_end() -> None:
    day, end = utc("2009-09-22 00:00"), utc("2010-02-02 23:59:59")
    while following := next_day_with_something_due(day, end):
        asyncio.run(step_due_moments(following))
        day = following


if __name__ == "__main__":
    main()
