"""Who is sending, and what became of what a dead sender held? Its journal tells; without one the outcome is unknown."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tipcycle.delivery.delivery_log import log_deliveries
from tipcycle.delivery.journal import read_journal
from tipcycle.delivery.route import route
from tipcycle.model.message import Message, Receipt
from tipcycle.operations.carry_out import carry_out
from tipcycle.settings import settings
from tipcycle.store import Store

_DIED = "the sender stopped before the receiver's answer was recorded"


class Lease:
    """A sender's hold on the messages that it claimed; kept up before each send, however slow the receiver is.

    Renewed once half of it is over: a commit before every send would cost more than sending.
    """

    def __init__(self) -> None:
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._length = timedelta(seconds=settings().lease_seconds)
        self.until_clock = datetime.now(UTC) + self._length

    def held(self) -> bool:
        """Whether what was claimed is still ours to send; False once it ran out and another sender decided it."""
        now = datetime.now(UTC)
        if now < self.until_clock - self._length / 2:
            return True
        self.until_clock = now + self._length
        with Store.begin(settings().ledger_url) as store:
            return store.messages.renew(self.owner, until_clock=self.until_clock)

    def while_held(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The messages, one at a time, until the lease is lost: the rest is another sender's."""
        for message in messages:
            if not self.held():
                return
            yield message


def journal_path(owner: str) -> Path:
    """Where the journal of that lease lies, on the machine that sends."""
    return settings().var_dir / "sending" / f"{owner.replace(':', '-')}.jsonl"


def keyed_channels() -> tuple[str, ...]:
    """The channels whose receiver drops a repeat of the same key, under the present settings."""
    return tuple(name for name, channel in route(settings()).items() if channel.honours_key)


def settle_dead_leases(store: Store, at: datetime) -> None:
    """Decide what dead senders held: answered as answered, never begun goes back, anything else is unknown."""
    for owner, keys in store.messages.dead_leases(datetime.now(UTC), is_dead=_is_dead).items():
        journal = read_journal(journal_path(owner))
        begun, answered = journal if journal else (frozenset(keys), {})
        log_deliveries(settings().deliveries, [answered[key] for key in keys if key in answered], at=at)
        for key in keys:
            if key not in begun:
                receipt = Receipt(key, "not_sent", "the sender stopped before it came to this message")
            else:
                receipt = answered.get(key, Receipt(key, "unknown", _DIED))
            state = store.messages.record(receipt, owner=owner, at=at)
            message = store.messages.find(key)
            if state is not None and message is not None:
                carry_out(store, message, state, receipt, at=at)
            if state == "sealed":
                store.messages.try_again(key)


def _is_dead(owner: str) -> bool:
    """Whether a lease's process ended on this machine; of another machine only the lease's end tells."""
    host, pid, _ = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False
