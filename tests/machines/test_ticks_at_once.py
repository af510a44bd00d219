"""Two machines with folders of their own tick on one PostgreSQL ledger at the same moment: no message twice, none lost.

The whole trees do it in test_trees.py; here the same ticks run without Prefect.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.databases import OnPostgresql
from tests.machines.mailboxes import MeetingMailbox
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.request_annual_submissions import owed_instructions, request_annual_submissions
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.settings import settings
from tipcycle.store import Store

ASKED, OWED = utc("2009-12-14 15:00"), utc("2010-03-02 09:00")
_BEFORE = (utc("2010-03-01 12:00"), utc("2010-03-01 22:00"), utc("2010-03-02 05:00"))


def wait_until_late(cycle: Story) -> None:
    """Ask every post for its annual submission, and let March 1 pass; at 9 UTC on March 2 about 190 mails are owed."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    posts = [post for _, posts in owed_instructions(YEAR, ASKED).batches for post in posts]
    assert asyncio.run(request_annual_submissions(YEAR, posts, ASKED)).problems == []
    for at in _BEFORE:
        cycle.tick(at)


def accepted_mails() -> set[str]:
    """The keys of every mail that the ledger knows as accepted."""
    with Store.read(settings().ledger_url) as store:
        return {one.key for one in store.messages.of_cycle(YEAR) if one.channel == "email" and one.state == "accepted"}


def test_two_machines_that_tick_at_once_send_each_of_a_days_messages_once(
    tmp_path: Path, postgresql: OnPostgresql
) -> None:
    mailbox = MeetingMailbox(tmp_path / "mails")
    with story(tmp_path / "shared", database=postgresql.ledger(), mailbox=mailbox) as cycle:
        wait_until_late(cycle)
        before = Counter(mailbox.accepted)
        mailbox.meet(2)

        _tick_at_once(tmp_path / "one", tmp_path / "other")

        by_key = mailbox.accepted - before
        print(f"\n{len(by_key)} messages, by sender {dict(mailbox.of_sender)}")
        assert len(by_key) >= 190, "owed at one moment"
        assert set(mailbox.accepted.values()) == {1}, "none twice"
        assert set(mailbox.accepted) == accepted_mails(), "none lost"
        assert len(mailbox.of_sender) == 2, "both sent"
        assert cycle.counts()["queued"] == 0
        assert verify_ledger() == []
        both = write_ledger(tmp_path / "both.csv", YEAR)

    with story(tmp_path / "alone") as cycle:
        wait_until_late(cycle)
        cycle.tick(OWED)
        alone = write_ledger(tmp_path / "alone.csv", YEAR)

    assert (tmp_path / "both.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()
    assert both == alone


def _tick_at_once(*folders: Path) -> None:
    machines = [_tick(folder) for folder in folders]
    try:
        told = [machine.communicate(timeout=240) for machine in machines]
    finally:
        for machine in machines:
            machine.kill()
    assert [machine.returncode for machine in machines] == [0, 0], told


def _tick(var: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"TIPCYCLE_VAR_DIR": str(var), "TIPCYCLE_MAIL_FROM": f"{var.name}@gtip.example"}
    return subprocess.Popen(
        [sys.executable, "-m", "tipcycle.cli", "tick", "--at", OWED.isoformat()],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
