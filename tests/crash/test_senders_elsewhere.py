"""Two machines may share a host name, a folder or a process id: neither judges what the other's sender held."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.crash.test_kill_in_delivery import StallingMailbox
from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.delivery.journal import Journal
from tipcycle.operations.deliver import deliver
from tipcycle.operations.leases import Lease, journal_path
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.read_status import read_status
from tipcycle.settings import settings
from tipcycle.store import Store

_AT = utc("2009-10-16 14:00")
_TICK = [sys.executable, "-m", "tipcycle.cli", "tick", "--at", "2009-10-16T14:00:00Z"]
_ELSEWHERE = "5d1f7c9e-0000-4000-8000-000000000000"  # a made-up boot


def test_of_two_machines_with_one_host_name_only_the_senders_own_settles_what_it_held(
    tmp_path: Path, asked_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = StallingMailbox(tmp_path / "mails", stall_at=7)
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox) as cycle:
        monkeypatch.setenv("TIPCYCLE_DATABASE_URL", settings().ledger_url)
        with subprocess.Popen(_TICK, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as sender:
            assert mailbox.stalled.wait(timeout=120), "the tick never came to its message"
            sender.send_signal(signal.SIGKILL)
        mailbox.release()
        held = _sending()

        monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path / "elsewhere"))
        cycle.tick(utc("2009-10-16 14:05"))

        assert _sending() == held, "the lease has not ended, and no journal of it lies on that machine"
        assert len(held) > 10

        monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))
        cycle.tick(utc("2009-10-16 14:10"))

        assert _sending() == []
        assert len(read_status(YEAR)["unknown_messages"]) == mailbox.waiting, "what was in flight, and it alone"
        assert set(cycle.sent().values()) == {1}


@on_both_databases
def test_a_sender_of_this_boot_lives_as_long_as_its_journal_is_held(asked: Story) -> None:
    lease = Lease()
    journal = Journal(journal_path(lease.owner))
    held = _claim(asked, lease.owner)

    asked.tick(utc("2009-10-16 14:05"))
    assert _sending() == held, "it lives, whatever its process id"

    del journal  # what the kernel does for a process that died
    asked.tick(utc("2009-10-16 14:10"))
    assert _sending() == []
    assert read_status(YEAR)["unknown_messages"] == [], "it had begun none of them"
    assert set(asked.sent().values()) == {1}


def test_of_another_boot_neither_lock_nor_journal_is_believed(asked: Story) -> None:
    """A folder that several machines share: the lock may be local to each, and a power cut takes unwritten lines."""
    owner = f"{_ELSEWHERE}:1"
    journal_path(owner).parent.mkdir(parents=True, exist_ok=True)
    journal_path(owner).touch()
    held = _claim(asked, owner)

    asked.tick(utc("2009-10-16 14:05"))
    assert _sending() == held, "its journal is not held, and still nobody knows that it died"

    with Store.begin(settings().ledger_url) as store:
        assert store.messages.renew(owner, until_clock=datetime.now(UTC) - timedelta(seconds=1))
    asked.tick(utc("2009-10-16 14:10"))
    assert [one["message"] for one in read_status(YEAR)["unknown_messages"]] == held
    assert not set(asked.sent()) & set(held), "what nobody knows is not sent again by itself"


def test_a_sender_that_slept_past_its_lease_begins_nothing_more_on_any_channel(asked: Story) -> None:
    lease, over = Lease(), datetime.now(UTC) - timedelta(seconds=1)
    with Journal(journal_path(lease.owner)):
        held = _claim(asked, lease.owner)
        with Store.begin(settings().ledger_url) as store:
            assert store.messages.renew(lease.owner, until_clock=over)
            messages = [store.messages.find(key) for key in held]
        lease.until_clock = over
        asked.tick(utc("2009-10-16 14:05"))
        assert set(held) <= set(asked.mailbox.accepted + asked.slack.accepted), (
            "another one sent what this one had not begun"
        )

        left = [one for one in messages if one is not None]
        assert [list(lease.while_held(left)) for _ in ("email", "slack", "cable")] == [[], [], []]


def test_a_sender_that_finds_nothing_to_do_leaves_no_journal(asked: Story) -> None:
    asyncio.run(deliver(["message:2010:nobody:email:2009-10-16:1"], _AT))

    assert list((settings().var_dir / "sending").iterdir()) == []


def _claim(cycle: Story, owner: str) -> list[str]:
    """Claim everything that is owed, as a sender does; how many there are is the day's."""
    plan = plan_messages(_AT)
    with Store.begin(settings().ledger_url) as store:
        claimed = store.messages.claim(
            [key for batch in plan.batches for key in batch],
            owner=owner,
            until_clock=datetime.now(UTC) + timedelta(minutes=5),
            honours_key=(),
        )
    assert len(claimed) > 10
    return sorted(message.key for message in claimed)


def _sending() -> list[str]:
    with Store.read(settings().ledger_url) as store:
        return sorted(message.key for message in store.messages.in_states(YEAR, ("sending",)))
