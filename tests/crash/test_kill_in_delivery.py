"""kill -9 in the middle of a delivery: nothing is lost, and only what is listed as unknown can arrive twice."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.operations.deliver import GROUP
from tipcycle.operations.read_status import read_status
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.settings import Settings, settings
from tipcycle.store import Store

pytestmark = pytest.mark.slow

CONNECTIONS = Settings().smtp_connections
_TICK = [sys.executable, "-c", "import sys; from tipcycle.cli import main; sys.exit(main())", "tick", "--at"]


class StallingMailbox(Mailbox):
    """Keeps every mail; from number `stall_at` on, once all connections are open, it answers none until released.

    With 1 the first connection waits alone: no other opens before an acceptance. `stalled` is set once as many wait
    as `waiting` says.
    """

    def __init__(self, folder: Path, *, stall_at: int) -> None:
        super().__init__(folder)
        self.stalled = threading.Event()
        self.waiting = 1 if stall_at == 1 else CONNECTIONS
        self._left = stall_at
        self._withheld = 0
        self._came: list[Session] = []
        self._released = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self._left -= 1
        if session not in self._came:
            self._came.append(session)
        if self._left > 0 or len(self._came) < self.waiting:
            return answer
        self._withheld += 1
        if self._withheld == self.waiting:
            self.stalled.set()
        while not self._released.is_set():
            await asyncio.sleep(0.01)
        return answer

    def release(self) -> None:
        """Go on as an ordinary mailbox."""
        self._released.set()


@pytest.mark.parametrize("stall_at", [1, 7, 23, 70], ids=lambda n: f"at mail {n}")
def test_after_kill_9_nothing_is_lost_and_only_what_was_in_flight_is_unknown(
    tmp_path: Path, asked_ledger: Path, stall_at: int
) -> None:
    mailbox = StallingMailbox(tmp_path / "mails", stall_at=stall_at)
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox) as cycle:
        at = "2009-11-13T14:00:00Z"
        with subprocess.Popen([*_TICK, at], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as sender:
            assert mailbox.stalled.wait(timeout=60), "the tick never came to its message"
            sender.send_signal(signal.SIGKILL)
        mailbox.release()
        assert sender.returncode == -signal.SIGKILL

        cycle.tick(utc("2009-11-13 14:05"))

        counts = cycle.counts()
        unknown = {one["message"] for one in read_status(YEAR)["unknown_messages"]}
        assert len(unknown) == mailbox.waiting, "only what was in flight, one message a connection"
        assert counts["queued"] == 0
        assert set(cycle.sent().values()) == {1}, "a courtesy message with an unknown outcome is not repeated by itself"
        assert _sealed() == set(cycle.sent()), "every sealed message arrived"
        assert len(_sealed()) > GROUP, "more than one group"

        for key in unknown:
            settle_unknown(key, as_="send-again", actor="gtip.action-officer", at=utc("2009-11-13 14:06"))
        cycle.tick(utc("2009-11-13 14:07"))

        twice = {key for key, count in cycle.sent().items() if count > 1}
        assert twice == unknown, "a repeat only where the outcome was unknown"
        assert cycle.counts()["unknown"] == 0


def test_a_statutory_message_with_an_unknown_outcome_is_repeated_by_rule_with_the_same_message_id(
    tmp_path: Path,
) -> None:
    from tipcycle.operations.open_cycle import open_cycle

    mailbox = StallingMailbox(tmp_path / "mails", stall_at=1)
    with story(tmp_path, mailbox=mailbox) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        with subprocess.Popen(
            [*_TICK, "2009-09-04T14:00:00Z"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as sender:
            assert mailbox.stalled.wait(timeout=60), "the tick never came to its message"
            sender.send_signal(signal.SIGKILL)
        mailbox.release()

        cycle.tick(utc("2009-09-04 15:00"))
        cycle.tick(utc("2009-09-04 16:00"))

        twice = {key for key, times in cycle.mailbox.accepted.items() if times > 1}
        assert twice == {"message:2010:gtip.action-officer:email:2009-09-04:1"}
        assert cycle.mailbox.accepted["message:2010:gtip.action-officer:email:2009-09-04:1"] == 2
        assert read_status(YEAR)["unknown_messages"] == []


def _sealed() -> set[str]:
    with Store.read(settings().ledger_url) as store:
        return {message.key for message in store.messages.of_cycle(YEAR) if message.n > 0}


def test_the_log_of_acts_is_whole_after_a_crash(tmp_path: Path, asked_ledger: Path) -> None:
    mailbox = StallingMailbox(tmp_path / "mails", stall_at=3)
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox) as cycle:
        with subprocess.Popen(
            [*_TICK, "2009-10-16T14:00:00Z"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as sender:
            assert mailbox.stalled.wait(timeout=60), "the tick never came to its message"
            sender.send_signal(signal.SIGKILL)
        mailbox.release()

        cycle.tick(utc("2009-10-16 14:05"))

        assert _verify(cycle) == []


def _verify(_: Story) -> list[str]:
    from tipcycle.operations.verify_ledger import verify_ledger

    return verify_ledger()
