"""Send sealed messages and record what came of it: claim (commit), send, receipts in groups (commit).

The one operation that is not a single transaction: while a receiver is talked to, nothing of ours is locked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tipcycle.delivery.route import route
from tipcycle.model.message import Message, Receipt
from tipcycle.model.notice import NoticeState
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.plan_messages import keyed_channels, sender_name
from tipcycle.reminders.stand_in import hand_over
from tipcycle.settings import settings
from tipcycle.store import Store

_UNDER_WAY: tuple[NoticeState, ...] = ("queued", "unknown")

GROUP = 50  # messages a claim, and receipts a commit


@dataclass
class DeliveryReport:
    """How many messages ended in which outcome; `problems` names each that was not accepted, and why."""

    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, receipt: Receipt) -> None:
        """Count one receipt."""
        self.outcomes[receipt.outcome] += 1
        if receipt.outcome != "accepted":
            self.problems.append(f"{receipt.key}: {receipt.outcome}: {receipt.detail}")

    def merge(self, other: DeliveryReport) -> None:
        """Count another report's receipts too."""
        self.outcomes += other.outcomes
        self.problems += other.problems


async def deliver(keys: Sequence[str], at: datetime) -> DeliveryReport:
    """Deliver those of `keys` that nobody else is delivering; stamps come from `at`, leases from the clock."""
    report = DeliveryReport()
    for start in range(0, len(keys), GROUP):
        for receipt in await _deliver_group(keys[start : start + GROUP], at):
            report.add(receipt)
    return report


async def _deliver_group(keys: Sequence[str], at: datetime) -> list[Receipt]:
    now, owner = settings(), sender_name()
    with Store.begin(now.ledger_url) as store:
        claimed = store.messages.claim(
            keys,
            owner=owner,
            until_clock=datetime.now(UTC) + timedelta(seconds=now.lease_seconds),
            honours_key=keyed_channels(),
        )
    by_channel: dict[str, list[Message]] = defaultdict(list)
    for message in claimed:
        by_channel[message.channel].append(message)
    channels = route(now)
    receipts = [receipt for name, messages in by_channel.items() async for receipt in channels[name].send(messages)]
    if receipts:
        with Store.begin(now.ledger_url) as store:
            messages = {message.key: message for message in claimed}
            for receipt in receipts:
                state = store.messages.record(receipt, owner=owner, at=at)
                if state is not None:
                    _carry_out(store, messages[receipt.key], state, receipt, at)
    return receipts


def _carry_out(store: Store, message: Message, state: str, receipt: Receipt, at: datetime) -> None:
    """What the receiver's answer means for the notices, or for the obligation, that the message carries."""
    carried = [notice.key for notice in store.notices.of_message(message.key)]
    match state:
        case "accepted":
            store.notices.decide(carried, "sent", reason="accepted", at=at, only_from=_UNDER_WAY)
            if message.obligation:
                obligation = store.obligations.get(message.obligation)
                cycle = context(message.report_year)
                fulfil(store, cycle, obligation, standing="received", at=at)
                store.acts.add("send", message.key, actor="tipcycle", at=at, receipt=receipt.detail)
        case "refused":
            store.messages.mark_address(message.channel, message.address, reason=receipt.detail, at=at)
            store.acts.add("address-refused", message.key, actor="tipcycle", at=at, reason=receipt.detail)
            _pass_on(store, message, at)
        case "unknown":
            reason = receipt.detail
            store.notices.decide(carried, "unknown", reason=reason, at=at, only_from=_UNDER_WAY)
            store.acts.add("outcome-unknown", message.key, actor="tipcycle", at=at, reason=reason)


def _pass_on(store: Store, message: Message, at: datetime) -> None:
    """Fail the notices of a refused message and owe them to whoever stands in; the same tick sends those."""
    cycle = context(message.report_year)
    refused = store.messages.refused_addresses()
    for notice in store.notices.of_message(message.key):
        history = store.notices.of_obligations([notice.obligation])
        handed = hand_over(
            notice,
            post=cycle.config.posts[notice.post] if notice.post else None,
            positions=cycle.config.positions,
            refused=refused,
            known={other.key for other in history},
        )
        reason = handed.reason if handed else "no valid address, and nobody above has one"
        store.notices.decide([notice.key], "failed", reason=reason, at=at, only_from=_UNDER_WAY)
        if handed and handed.to:
            store.notices.add([handed.to])
