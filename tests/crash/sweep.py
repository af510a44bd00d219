"""Does everything reconcile after a kill? Does a case killed at an instant, then what people and the clock do next.

A kill is judged by what the receivers got and by what an undisturbed run of the same case leaves: the same ledger, the
same files, the same messages once. A message may have arrived twice only where the ledger lists it as unknown.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.crash.cases import Case
from tests.crash.states import STATES
from tests.postgresql import Server
from tests.smoke.story import story
from tipcycle.delivery.delivery_log import read_deliveries
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver
from tipcycle.settings import Settings, instead
from tipcycle.store import Store
from tipcycle.store.schema import metadata
from tipcycle.store.store import forget

# What follows from when a thing was tried, by whom and how often; and what a person said of an unknown outcome.
_PASSING = {
    "ledger": {"turn", "last_tick_at"},
    "messages": {
        "attempted_at", "accepted_at", "attempts", "was_unknown", "receipt", "reason", "lease_owner",
        "lease_until_clock",
    },
    "notices": {"decided_at", "reason"},
    "obligations": {"answered_at", "opened_at"},
    "signing_codes": {"issued_at", "expires_at"},
    "acts": {"number", "at", "details", "previous_hash", "hash"},
}  # fmt: skip
_MADE_UP = re.compile(r"[0-9a-f]{24}")  # the number of an upload, another one each time
# The ledger, and what a killed run may leave: half an upload, a copy of a submitted file or of an officer's edits,
# a release that was laid out under a hidden name.
_LEFT_OVER = re.compile(
    r"sqlite3|^deliveries\.jsonl$|^inbox/\.tipcycle-\w+\.part$|^submitted-|\.edited-\d+\.md$|/\.v\d+\.part-"
)
_OF_A_CRASH = ("outcome-unknown", "settle-unknown")
_RECEIVED = ("mails", "slack", "cables", "sending")


@dataclass
class Seen:
    """A ledger, its files and its receivers, as far as two runs of one case must agree."""

    rows: dict[str, Counter[str]]
    files: dict[str, str]
    received: Counter[str]
    unknown: list[str]
    ever_unknown: set[str]
    proved: set[str]


@dataclass
class Outcome:
    """What became of one kill; `wrong` is empty where all reconciles."""

    case: str
    point: str
    killed: bool
    lost: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Sweep:
    """One database kind, its receivers, and a warm process that is forked for each run."""

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        self._folder, self._server = folder, server
        self._mailbox = Mailbox(folder / "mails")
        self._slack, self._gateway = SlackReceiver(folder / "slack"), GatewayReceiver(folder / "cables")
        self._templates: dict[str, str] = {}
        self._references: dict[str, tuple[Seen, list[str]]] = {}

    @contextmanager
    def running(self) -> Iterator[Sweep]:
        """Receivers and forge are there inside the block; every process ends with it."""
        receivers = (self._mailbox, self._slack.web, self._gateway.web)
        command = [sys.executable, "-m", "tests.crash.forge"]
        for receiver in receivers:
            receiver.start()
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as self._forge:
            try:
                yield self
            finally:
                if self._forge.stdin:
                    self._forge.stdin.close()
                self._forge.wait(timeout=60)
                for receiver in receivers:
                    receiver.stop()

    def points(self, case: Case) -> list[str]:
        """Every instant of the case, undisturbed, in order."""
        return self._reference(case)[1]

    def kill(self, case: Case, point: str, which: int) -> Outcome:
        """Kill the case at the instant `point`, the one of that name with the number `which`, and look after it."""
        expected, _ = self._reference(case)
        outcome = Outcome(case.name, point, killed=False)
        with self._started(case) as environment:
            outcome.killed = bool(self._ask(case, "run", environment, kill_at=(point, which))["killed"])
            self._ask(case, "again", environment)
            seen = self._look(environment)
            if seen.unknown:
                self._ask(case, "settle", environment, settled=_looked_up(seen))
                seen = self._look(environment)
            outcome.wrong += _faults(environment)
        outcome.lost = sorted(key for key in expected.received if not seen.received[key])
        outcome.repeats = sorted(key for key, times in seen.received.items() if times > expected.received[key])
        outcome.listed = sorted(seen.ever_unknown)
        outcome.wrong += _differences(expected, seen, doubled=case.doubled)
        if unproved := seen.received.keys() - seen.ever_unknown - seen.proved:
            outcome.wrong.append(f"the delivery log does not prove: {unproved}")
        if not set(outcome.repeats) <= seen.ever_unknown:
            outcome.wrong.append(f"sent twice, and not listed as unknown: {set(outcome.repeats) - seen.ever_unknown}")
        return outcome

    def _reference(self, case: Case) -> tuple[Seen, list[str]]:
        """Two undisturbed runs: what differs between them is no fact."""
        if case.name not in self._references:
            first, points = self._undisturbed(case)
            second, _ = self._undisturbed(case)
            if problems := _differences(first, second):
                raise AssertionError(f"{case.name}: two undisturbed runs differ: {problems}")
            self._references[case.name] = first, points
        return self._references[case.name]

    def _undisturbed(self, case: Case) -> tuple[Seen, list[str]]:
        with self._started(case) as environment:
            points = self._ask(case, "run", environment)["points"]
            self._ask(case, "after", environment)
            return self._look(environment), points

    def _ask(self, case: Case, step: str, environment: dict[str, str], **more: Any) -> dict[str, Any]:
        request = {"case": case.name, "step": step, "environment": environment, "kill_at": None, "settled": []} | more
        if self._forge.stdin is None or self._forge.stdout is None:
            raise AssertionError("the forge does not run")
        self._forge.stdin.write(json.dumps(request) + "\n")
        self._forge.stdin.flush()
        answer: dict[str, Any] = json.loads(self._forge.stdout.readline())
        if "failed" in answer:
            raise AssertionError(f"{case.name}, {step}: {answer['failed']}")
        return answer

    @contextmanager
    def _started(self, case: Case) -> Iterator[dict[str, str]]:
        """A copy of the case's beginning, and receivers that got nothing yet."""
        files = self.beginning(case.state)
        var = self._folder / "killed"
        shutil.rmtree(var, ignore_errors=True)
        shutil.copytree(files, var)
        database = ""
        if self._server:
            (var / "tipcycle.sqlite3").unlink()
            database = self._server.create(self._template(case.state))
        for receiver in (self._mailbox, self._slack, self._gateway):
            receiver.accepted.clear()
        self._gateway._numbers.clear()
        environment = self._environment(var, self._server.url(database) if self._server else "")
        try:
            yield environment | case.environment
        finally:
            if self._server:
                forget(environment["TIPCYCLE_DATABASE_URL"])
                self._server.drop(database)
            else:
                forget(f"sqlite:///{var / 'tipcycle.sqlite3'}")

    def _environment(self, var: Path, database: str) -> dict[str, str]:
        return {
            "TIPCYCLE_VAR_DIR": str(var),
            "TIPCYCLE_DATABASE_URL": database,
            "TIPCYCLE_SMTP_HOST": "127.0.0.1",
            "TIPCYCLE_SMTP_PORT": str(self._mailbox.port),
            "TIPCYCLE_SLACK_URL": self._slack.url,
            "TIPCYCLE_SLACK_TOKEN": "test",
            "TIPCYCLE_GATEWAY_URL": self._gateway.url,
            "TIPCYCLE_INBOX_SETTLE_SECONDS": "0",
        }

    def beginning(self, name: str) -> Path:
        """The files of a beginning, its ledger among them; made once."""
        made = self._folder / "states" / name
        if not made.exists():
            parent, build = STATES[name]
            work = self._folder / "work" / name
            shutil.rmtree(work, ignore_errors=True)
            if parent:
                shutil.copytree(self.beginning(parent), work)
            with story(work) as cycle:
                build(cycle)
            made.parent.mkdir(exist_ok=True)
            partial = made.with_suffix(".partial")
            shutil.copytree(work, partial, ignore=shutil.ignore_patterns("tipcycle.sqlite3*", *_RECEIVED))
            _copy_sqlite(work / "tipcycle.sqlite3", partial / "tipcycle.sqlite3")
            partial.rename(made)
        return made

    def _template(self, state: str) -> str:
        """The same ledger on PostgreSQL, to be copied."""
        if state not in self._templates and self._server:
            name = self._server.create()
            url = self._server.url(name)
            Store.create(url)
            _copy_rows(f"sqlite:///{self.beginning(state) / 'tipcycle.sqlite3'}", url)
            forget(url)
            self._templates[state] = name
        return self._templates[state]

    def _look(self, environment: dict[str, str]) -> Seen:
        var = Path(environment["TIPCYCLE_VAR_DIR"])
        received = self._mailbox.accepted + self._slack.accepted + self._gateway.accepted
        rows, unknown, ever = _ledger(_url(environment))
        proved = {one.key for one in read_deliveries(var / "deliveries.jsonl")}
        return Seen(rows, _files(var), received, unknown, ever, proved)


def occurrences(points: list[str], repeats: int, *, seed: int) -> list[tuple[str, int]]:
    """Each instant's name `repeats` times, at its first, its last and others between, drawn by the seed."""
    drawn = random.Random(seed)
    chosen = []
    for name, times in Counter(points).items():
        first = [1, times, *(drawn.randint(1, times) for _ in range(repeats))]
        chosen += [(name, which) for which in first[:repeats]]
    return chosen


def _url(environment: dict[str, str]) -> str:
    return environment["TIPCYCLE_DATABASE_URL"] or f"sqlite:///{environment['TIPCYCLE_VAR_DIR']}/tipcycle.sqlite3"


def _looked_up(seen: Seen) -> list[tuple[str, str]]:
    """What a person finds at the receiver."""
    return [(key, "was-sent" if seen.received[key] else "send-again") for key in seen.unknown]


def _ledger(url: str) -> tuple[dict[str, Counter[str]], list[str], set[str]]:
    rows: dict[str, Counter[str]] = {}
    unknown: list[str] = []
    ever: set[str] = set()
    with Store.read(url) as store:
        for table in metadata.sorted_tables:
            kept = rows[table.name] = Counter()
            left_out = _PASSING.get(table.name, set())
            for row in store.connection.execute(table.select()).mappings():
                if table.name == "acts" and row["act"] in _OF_A_CRASH:
                    ever |= {row["object"]} if row["act"] == "outcome-unknown" else set()
                    continue
                if table.name == "messages" and row["state"] == "unknown":
                    unknown.append(row["key"])
                plain = json.dumps({k: v for k, v in row.items() if k not in left_out}, default=str)
                kept[_MADE_UP.sub("…", plain)] += 1
    return rows, sorted(unknown), ever | set(unknown)


def _files(var: Path) -> dict[str, str]:
    """What lies in the folder, but for the ledger, the journals of senders and names that were taken and not filled."""
    found = {}
    for path in sorted(var.rglob("*")):
        name = path.relative_to(var)
        if (
            path.is_file()
            and path.stat().st_size
            and not _LEFT_OVER.search(name.as_posix())
            and name.parts[0] not in _RECEIVED
        ):
            # A mail's parts are divided by a line that is another each time.
            content = "a mail" if path.suffix == ".eml" else hashlib.sha256(path.read_bytes()).hexdigest()
            aside = next((part for part in name.parts if part in ("taken-in", "quarantine")), "")
            if aside:  # taken in again it is told to be identical, or has a number in its name
                content = "reasons" if name.name.endswith(".findings.txt") else content
                found[f"{aside}: {content}"] = content
            else:
                found[_MADE_UP.sub("…", name.as_posix())] = content
    return found


def _faults(environment: dict[str, str]) -> list[str]:
    now = Settings(var_dir=Path(environment["TIPCYCLE_VAR_DIR"]), database_url=_url(environment))
    with instead(now):
        return verify_ledger()


def _differences(expected: Seen, seen: Seen, *, doubled: tuple[str, ...] = ()) -> list[str]:
    found = []
    for table, rows in expected.rows.items():
        if table in doubled:
            continue
        for word, more in (("missing", rows - seen.rows[table]), ("too many", seen.rows[table] - rows)):
            found += [f"{table}: {word}: {row[:600]}" for row in list(more)[:2]]
    names = {name for name, _ in expected.files.items() ^ seen.files.items()}
    return found + [f"file {name}: differs" for name in sorted(names)]


def _copy_sqlite(source: Path, target: Path) -> None:
    reads, writes = sqlite3.connect(source), sqlite3.connect(target)
    reads.backup(writes)
    writes.close()
    reads.close()


def _copy_rows(source: str, target: str) -> None:
    reads, writes = sa.create_engine(source), sa.create_engine(target)
    with reads.connect() as old, writes.begin() as new:
        for table in reversed(metadata.sorted_tables):
            new.execute(table.delete())
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in old.execute(table.select()).mappings()]
            if rows:
                new.execute(table.insert(), rows)
    reads.dispose()
    writes.dispose()
