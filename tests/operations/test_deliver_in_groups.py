"""Many messages in one call: a commit for each group, the same connections for all, and an end where it takes long."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.bench.sweep import AT, sealed
from tests.delivery.test_faulty_answers import listening
from tests.receivers.limited import LimitedMailbox
from tests.smoke.story import YEAR
from tipcycle.operations.deliver import GROUP, deliver
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.settings import settings
from tipcycle.store import Store

_SIZE = 2 * GROUP + 20


def test_every_group_goes_over_the_connections_that_the_first_one_opened(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), sealed(_SIZE, mailbox.port) as keys:
        report = asyncio.run(deliver(keys, AT))

        assert (report.outcomes, report.problems) == ({"accepted": _SIZE}, [])
        assert mailbox.dialled == mailbox.left == settings().smtp_connections
        assert _accepted() == set(keys) == set(mailbox.accepted)
        assert list((settings().var_dir / "sending").iterdir()) == [], "its journal is gone"


class _LooksAtTheLedger(LimitedMailbox):
    """`known` is which messages the ledger called accepted as each mail came in, by its key."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.known: dict[str, set[str]] = {}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        before = set(self.accepted)
        answer = await Mailbox.handle_DATA(self, server, session, envelope)
        (key,) = set(self.accepted) - before
        self.known[key] = _accepted()
        return answer


def test_what_came_of_a_group_is_committed_before_the_next_one_leaves(tmp_path: Path) -> None:
    mailbox = _LooksAtTheLedger(tmp_path)
    with listening(mailbox), sealed(_SIZE, mailbox.port) as keys:
        asyncio.run(deliver(keys, AT))

    groups = [keys[start : start + GROUP] for start in range(0, _SIZE, GROUP)]
    for number, group in enumerate(groups):
        before = {key for earlier in groups[:number] for key in earlier}
        assert [mailbox.known[key] for key in group] == [before] * len(group)


def test_what_a_slow_receiver_leaves_is_told_and_planned_again(tmp_path: Path) -> None:
    mailbox = LimitedMailbox(tmp_path)
    with listening(mailbox), sealed(_SIZE, mailbox.port) as keys:
        # Three connections need 0.17 s for fifty mails.
        first = asyncio.run(deliver(keys, AT, most_seconds=0.05))
        with Store.read(settings().ledger_url) as store:
            left = store.messages.undelivered(AT, honours_key=())
        second = asyncio.run(deliver(left, AT))

        assert (first.left, second.left) == (_SIZE - GROUP, 0)
        assert first.problems == ["receivers are slow: 70 of 120 messages are left for later"]
        assert (first.outcomes, second.outcomes) == ({"accepted": GROUP}, {"accepted": _SIZE - GROUP})
        assert mailbox.accepted == dict.fromkeys(keys, 1)


def _accepted() -> set[str]:
    with Store.read(settings().ledger_url) as store:
        return {message.key for message in store.messages.in_states(YEAR, ["accepted"])}
