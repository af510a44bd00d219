"""Who is sending, and what became of what a dead sender held? Its journal tells; without one the outcome is unknown.

A sender is named after the boot of its machine, and holds its journal locked. Only within the same boot does that lock
say whether he lives, and only then is all in the journal that he wrote. Of any other sender the lease's end tells, and
what he held is unknown. Neither host names nor process ids say who somebody is: both come back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tipcycle.delivery.delivery_log import log_deliveries
from tipcycle.delivery.journal import is_abandoned, read_journal
from tipcycle.delivery.route import route
from tipcycle.model.message import Message, Receipt
from tipcycle.operations.carry_out import carry_out
from tipcycle.settings import settings
from tipcycle.store import Store

_DIED = "the sender stopped before the receiver's answer was recorded"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # random(4): new with each boot, one for all containers of a kernel


class Lease:
    """A sender's hold on the messages that it claimed; kept up before each send, however slow the receiver is.

    Renewed once half of it is over: a commit before every send would cost more than sending.
    """

    def __init__(self) -> None:
        self.owner = f"{_boot()}:{uuid.uuid4().hex}"
        self._length = timedelta(seconds=settings().lease_seconds)
        self.until_clock = datetime.now(UTC) + self._length

    def held(self) -> bool:
        """Whether what was claimed is still ours to send; False once it ran out and another sender decided it."""
        now = datetime.now(UTC)
        if now < self.until_clock - self._length / 2:
            return True
        with Store.begin(settings().ledger_url) as store:
            held = store.messages.renew(self.owner, until_clock=now + self._length)
        if held:  # else it is asked again for whatever comes next: what is lost stays lost
            self.until_clock = now + self._length
        return held

    def while_held(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The messages, one at a time, until the lease is lost: the rest is another sender's."""
        for message in messages:
            if not self.held():
                return
            yield message


def journal_path(owner: str) -> Path:
    """Where the journal of that lease lies."""
    return settings().var_dir / "sending" / f"{owner.replace(':', '-')}.jsonl"


def keyed_channels() -> tuple[str, ...]:
    """The channels whose receiver drops a repeat of the same key, under the present settings."""
    return tuple(name for name, channel in route(settings()).items() if channel.honours_key)


def settle_dead_leases(store: Store, at: datetime) -> None:
    """Decide what dead senders held: answered as answered, never begun goes back, anything else is unknown."""
    for owner, keys in store.messages.dead_leases(datetime.now(UTC), is_dead=_is_dead).items():
        journal = read_journal(journal_path(owner)) if _of_this_boot(owner) else None
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
    """Whether the sender is known to have ended; of one elsewhere, or without a journal here, only the lease tells."""
    return _of_this_boot(owner) and is_abandoned(journal_path(owner))


def _of_this_boot(owner: str) -> bool:
    boot = _boot()
    return bool(boot) and owner.startswith(f"{boot}:")


@cache
def _boot() -> str:
    """The boot in which this process runs; empty where nobody tells (not Linux): every sender is elsewhere then."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""
