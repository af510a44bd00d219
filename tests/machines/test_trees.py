"""Whole trees as operators start them: several machines, killed in the middle, do what a single one does.

`make machines` runs these; it takes minutes.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest

from tests.databases import OnPostgresql
from tests.machines.machines import Machines
from tests.machines.mailboxes import HeldMailbox, MeetingMailbox
from tests.machines.test_ticks_at_once import OWED, accepted_mails, wait_until_late
from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.operations.context import context
from tipcycle.operations.read_status import read_status
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.settings import Settings, settings
from tipcycle.store import Store

pytestmark = [pytest.mark.trees, pytest.mark.xdist_group("machines")]

QUIET, REMIND, AGAIN, OVERDUE = (
    utc("2009-10-12 14:00"),
    utc("2009-10-16 14:00"),
    utc("2009-10-30 14:00"),
    utc("2009-11-16 15:00"),
)
_ANSWERING = 20


def test_three_workers_on_postgresql_killed_in_the_middle_leave_the_ledger_of_a_single_machine(
    tmp_path: Path, postgresql: OnPostgresql, asked_template: str, asked_ledger: Path
) -> None:
    mailbox = HeldMailbox(tmp_path / "mails")
    database = postgresql.copy(asked_template)
    prefect = postgresql.empty().replace("+psycopg", "+asyncpg")
    with (
        story(tmp_path / "shared", database=database, mailbox=mailbox) as cycle,
        _machines(tmp_path, "first", "second", "third", prefect_database=prefect) as machines,
    ):
        _answers(cycle, "v1")
        _round(machines, QUIET, ticks=2)

        _answers(cycle, "v2")
        _killed_round(machines, mailbox, REMIND)
        unknown = _settle(mailbox, REMIND)
        _round(machines, REMIND, ticks=1)  # a mail whose text had not come yet goes again

        _answers(cycle, "v3")
        _server_killed_round(machines, AGAIN)
        _round(machines, OVERDUE, ticks=3)

        twice = {key for key, times in cycle.sent().items() if times > 1}
        several = write_ledger(tmp_path / "several.csv", YEAR)
        print(f"\n{sum(cycle.sent().values())} messages, {len(twice)} twice, {len(unknown)} unknown; {several[:12]}")
        in_flight = Settings().smtp_connections
        assert 1 <= len(unknown) <= in_flight, "what was in flight when its machine died, and it alone"
        assert twice == set()
        assert read_status(YEAR)["unknown_messages"] == []
        assert cycle.counts()["queued"] == 0
        assert verify_ledger() == []
        sent = cycle.sent()

    rows, sent_alone = _alone(tmp_path, asked_ledger)
    assert _rows(tmp_path / "several.csv") == rows
    assert sent == sent_alone


def test_two_trees_each_with_its_own_server_tick_at_once_on_one_ledger(
    tmp_path: Path, postgresql: OnPostgresql
) -> None:
    mailbox = MeetingMailbox(tmp_path / "mails")
    with story(tmp_path / "var", database=postgresql.ledger(), mailbox=mailbox) as cycle:
        wait_until_late(cycle)
        before = Counter(mailbox.accepted)
        with _tree(tmp_path / "one") as one, _tree(tmp_path / "other") as other:
            mailbox.meet(2)
            runs = [tree.start("remind-and-escalate", report_year=YEAR, at=OWED.isoformat()) for tree in (one, other)]
            told = [*one.ended(runs[0]), *other.ended(runs[1])]

        by_key = mailbox.accepted - before
        print(f"\n{len(by_key)} messages, by tree {dict(mailbox.of_sender)}; {told}")
        assert [line.partition(":")[0] for line in told] == ["COMPLETED"] * 2
        assert len(by_key) >= 190, "owed at one moment"
        assert set(mailbox.accepted.values()) == {1}, "none twice"
        assert set(mailbox.accepted) == accepted_mails(), "none lost"
        assert set(mailbox.of_sender) == {"one@gtip.example", "other@gtip.example"}
        assert cycle.counts()["queued"] == 0
        assert verify_ledger() == []


@contextmanager
def _machines(folder: Path, *workers: str, prefect_database: str = "", **settings: str) -> Iterator[Machines]:
    machines = Machines(folder, prefect_database, **settings)
    try:
        machines.start_workers(*workers)
        yield machines
    finally:
        machines.end()


def _tree(folder: Path) -> AbstractContextManager[Machines]:
    mine = {"TIPCYCLE_VAR_DIR": str(folder / "var"), "TIPCYCLE_MAIL_FROM": f"{folder.name}@gtip.example"}
    return _machines(folder, "worker", **mine)


def _answers(cycle: Story, version: str) -> None:
    """The same posts answer anew, so that nothing hangs on who is first, the file or the tick."""
    config = context(YEAR).config
    with Store.read(settings().ledger_url) as store:
        listed = [entry for entry in store.cycles.special_watch_list(YEAR) if entry.group == "tier_2_watch_list"]
    for entry in listed[:_ANSWERING]:
        post = config.post_for(entry.iso3)
        items = [{"id": "HP1", "status": "begun", "narrative": f"Made up for a test, {version}."}]
        form = progress_report(entry.iso3, post.name, submitted_by=f"{post.id}.action-officer", items=items)
        cycle.drop(f"{entry.iso3}-{version}.yaml", form)


def _begin(machines: Machines, at: datetime, *, ticks: int) -> list[str]:
    """Ticks and the taking in of submissions at once; the ids of the ticks, then of the other."""
    runs = [machines.start("remind-and-escalate", report_year=YEAR, at=at.isoformat()) for _ in range(ticks)]
    return [*runs, machines.start("collect-submissions", at=at.isoformat())]


def _round(machines: Machines, at: datetime, *, ticks: int) -> None:
    told = machines.ended(*_begin(machines, at, ticks=ticks))
    assert [line.partition(":")[0] for line in told] == ["COMPLETED"] * (ticks + 1), told


def _killed_round(machines: Machines, mailbox: HeldMailbox, at: datetime) -> None:
    """While a tick waits for the answer to its seventh mail, its machine dies, and Prefect's server with it."""
    mailbox.hold_after(6)
    runs = _begin(machines, at, ticks=2)
    machines.wait_until(mailbox.held.is_set)
    died = next(name for run in runs[:-1] if (name := machines.machine_of(run)))
    machines.kill(died)
    machines.kill_server()
    mailbox.release()
    machines.wait_for_server()
    machines.start_workers(died)
    _round(machines, at, ticks=1)


def _server_killed_round(machines: Machines, at: datetime) -> None:
    """Prefect's server dies while a tick runs; whatever became of that one, the next makes it good."""
    runs = _begin(machines, at, ticks=2)
    machines.wait_until(lambda: any(machines.machine_of(run) for run in runs))
    machines.kill_server()
    machines.wait_for_server()
    machines.wait_until(lambda: not any(machines.machine_of(run) for run in runs))
    _round(machines, at, ticks=1)


def _settle(mailbox: HeldMailbox, at: datetime) -> list[str]:
    """What an operator does: look into the receiver's log, and say what became of what nobody knows."""
    unknown = [one["message"] for one in read_status(YEAR)["unknown_messages"]]
    for key in unknown:
        as_: Literal["was-sent", "send-again"] = "was-sent" if mailbox.accepted[key] else "send-again"
        settle_unknown(key, as_=as_, actor="gtip.action-officer", at=at)
    return unknown


def _alone(folder: Path, ledger: Path) -> tuple[list[list[str]], Counter[str]]:
    """Ledger and messages of one machine that did the same, undisturbed."""
    with story(folder / "alone", ledger=ledger) as cycle:
        for version, at in (("v1", QUIET), ("v2", REMIND), ("v3", AGAIN), ("", OVERDUE)):
            if version:
                _answers(cycle, version)
            cycle.take_in(at)
            cycle.tick(at)
        write_ledger(folder / "alone.csv", YEAR)
        return _rows(folder / "alone.csv"), cycle.sent()


def _rows(ledger: Path) -> list[list[str]]:
    """The ledger's lines; that a person settled one is told as its reason, and is no difference."""
    with ledger.open(encoding="utf-8", newline="") as file:
        return [["" if field.startswith("settled by ") else field for field in row] for row in csv.reader(file)]
