"""PostgreSQL, its connections or our processes die in the middle: nothing half done, nothing lost, nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.test_kill_in_delivery import StallingMailbox
from tests.databases import OnPostgresql
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.operations.read_status import read_status
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.settings import settings
from tipcycle.store import Store

_MAIN = [sys.executable, "-c", "import sys; from tipcycle.cli import main; sys.exit(main())"]
_TICK = [*_MAIN, "tick", "--at", "2009-10-16T14:00:00Z"]
_IN_A_TRANSACTION = """
import sys
from datetime import UTC, datetime
from tipcycle.settings import settings
from tipcycle.store import Store
with Store.begin(settings().ledger_url) as store:
    store.cycles.open(2011, datetime(2010, 9, 1, tzinfo=UTC))
    store.acts.add("test", "half", actor="tester", at=datetime(2010, 9, 1, tzinfo=UTC))
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def mailbox(tmp_path: Path) -> StallingMailbox:
    return StallingMailbox(tmp_path / "mails", stall_at=7)


@pytest.fixture
def cycle(tmp_path: Path, postgresql: OnPostgresql, asked_template: str, mailbox: StallingMailbox) -> Iterator[Story]:
    with story(tmp_path, database=postgresql.copy(asked_template), mailbox=mailbox) as started:
        yield started


@contextmanager
def _stalled_tick(mailbox: StallingMailbox) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(_TICK, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as sender:
        assert mailbox.stalled.wait(timeout=120), "the tick never came to its message"
        yield sender


def _whole(cycle: Story) -> None:
    """Everything that was sealed went out once, and the ledger knows it."""
    with Store.read(settings().ledger_url) as store:
        sealed = {message.key for message in store.messages.of_cycle(YEAR) if message.n > 0}
    assert sealed == set(cycle.sent())
    assert set(cycle.sent().values()) == {1}
    assert cycle.counts()["queued"] == 0
    assert verify_ledger() == []


def test_a_process_killed_inside_a_transaction_leaves_nothing_half_done(cycle: Story) -> None:
    with Store.read(settings().ledger_url) as store:
        before = len(store.acts.all())
    with subprocess.Popen(
        [sys.executable, "-c", _IN_A_TRANSACTION], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        writer.send_signal(signal.SIGKILL)

    with Store.begin(settings().ledger_url) as store:
        assert [one.report_year for one in store.cycles.all()] == [YEAR]
        assert len(store.acts.all()) == before
    assert verify_ledger() == []


def test_after_kill_9_in_a_delivery_what_was_in_flight_is_unknown_and_none_is_lost(
    cycle: Story, mailbox: StallingMailbox
) -> None:
    with _stalled_tick(mailbox) as sender:
        sender.send_signal(signal.SIGKILL)
    mailbox.release()

    cycle.tick(utc("2009-10-16 14:05"))

    assert len(read_status(YEAR)["unknown_messages"]) == mailbox.waiting, "what was in flight, and it alone"
    _whole(cycle)


def test_connections_cut_during_a_delivery_change_nothing(
    cycle: Story, mailbox: StallingMailbox, postgresql: OnPostgresql
) -> None:
    with _stalled_tick(mailbox) as sender:
        postgresql.server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tipcycle'"
        )
        mailbox.release()
        said = sender.communicate(timeout=120)

    assert sender.returncode == 0, said
    assert read_status(YEAR)["unknown_messages"] == []
    _whole(cycle)


def test_a_server_that_ends_during_a_delivery_is_told_and_the_next_tick_knows_what_was_answered(
    cycle: Story, mailbox: StallingMailbox, postgresql: OnPostgresql
) -> None:
    with _stalled_tick(mailbox) as sender:
        postgresql.server.interrupt()
        mailbox.release()
        _, said = sender.communicate(timeout=120)
    postgresql.server.resume()

    cycle.tick(utc("2009-10-16 14:05"))

    assert sender.returncode == 1
    assert "start the server, or correct host and port" in said
    assert "Traceback" not in said
    assert read_status(YEAR)["unknown_messages"] == [], "the sender's journal knew each answer"
    _whole(cycle)
