"""A receiver that takes its time: a sender that is slow but alive loses nothing to the next tick, and doubles none."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.smoke.story import YEAR, story
from tipcycle.operations.read_status import read_status
from tipcycle.service.receivers.mailbox import Mailbox

pytestmark = pytest.mark.slow

_TICK = [sys.executable, "-m", "tipcycle.cli", "tick", "--at"]


class SlowMailbox(Mailbox):
    """Answers each mail after `seconds`; the first over all senders not before `answers_first` is set."""

    def __init__(self, folder: Path, *, seconds: float) -> None:
        super().__init__(folder)
        self.begun, self.answers_first = threading.Event(), threading.Event()
        self._seconds = seconds

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        first = not self.begun.is_set()
        self.begun.set()
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(self._seconds)
        while first and not self.answers_first.is_set():
            await asyncio.sleep(0.05)
        return answer


def _two_ticks(mailbox: SlowMailbox, *, apart: float) -> None:
    """The second tick starts while the first one's sender is in the middle of its group."""
    with subprocess.Popen([*_TICK, "2009-10-16T14:00:00Z"], stdout=subprocess.DEVNULL) as first:
        assert mailbox.begun.wait(timeout=60), "the first tick never came to a message"
        time.sleep(apart)
        assert first.poll() is None, "the first sender was not slow enough"
        subprocess.run([*_TICK, "2009-10-16T14:30:00Z"], stdout=subprocess.DEVNULL, check=False, timeout=120)
        mailbox.answers_first.set()
        first.wait(timeout=120)


def test_a_slow_sender_keeps_its_lease_and_nothing_goes_out_twice(
    tmp_path: Path, asked_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = SlowMailbox(tmp_path / "mails", seconds=0.6)  # over several connections
    mailbox.answers_first.set()
    monkeypatch.setenv("TIPCYCLE_LEASE_SECONDS", "2")
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox) as cycle:
        _two_ticks(mailbox, apart=4)

        assert len(cycle.mailbox.accepted) > 20, "the group takes longer than its lease"
        assert set(cycle.sent().values()) == {1}
        assert read_status(YEAR)["unknown_messages"] == []
        assert cycle.counts()["queued"] == 0


def test_a_single_send_that_outlasts_the_lease_is_unknown_and_the_rest_goes_once(
    tmp_path: Path, asked_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = SlowMailbox(tmp_path / "mails", seconds=0)  # the first is answered when the second tick is over
    monkeypatch.setenv("TIPCYCLE_LEASE_SECONDS", "1")
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox) as cycle:
        _two_ticks(mailbox, apart=2)

        unknown = [one["message"] for one in read_status(YEAR)["unknown_messages"]]
        assert len(unknown) == 1, "the message in flight, and it alone"
        assert set(cycle.sent().values()) == {1}, "the sender that woke up sent nothing that was another's"
        assert cycle.counts()["queued"] == 0
