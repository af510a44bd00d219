"""What went out after the backup from which this ledger was put back? It is not sent again without asking.

The ticks of the delivery log are decided again on this ledger, at their own moments, and nothing is sent: what the
log proves is accepted, what those ticks would have sent and the log does not prove is unknown, and shown. Where the
log has messages that this ledger cannot come to (an answer that was lost with it), a hold stops all sending until a
person looked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tipcycle.delivery.delivery_log import Delivered, read_deliveries
from tipcycle.model.counted import counted_of
from tipcycle.model.hold import Hold
from tipcycle.model.message import Message, Receipt
from tipcycle.operations.approval import require_position
from tipcycle.operations.carry_out import carry_out
from tipcycle.operations.context import context
from tipcycle.operations.plan_messages import plan_within
from tipcycle.settings import settings
from tipcycle.store import Store

_OWNER = "restore"
_UNPROVED = "the ledger was put back, and nothing proves whether this went out"
_HELD_DAYS = 7


@dataclass(frozen=True)
class Reconciled:
    """Keys: accepted by the log's proof, unknown for want of it, and in the log alone; the holds set for those."""

    proved: tuple[str, ...]
    unproved: tuple[str, ...]
    strangers: tuple[str, ...]
    held: tuple[str, ...]


def reconcile_deliveries(*, by: str, at: datetime) -> Reconciled:
    """One transaction; done again it finds nothing more to do."""
    delivered = read_deliveries(settings().deliveries)
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        news = _news(store, delivered)
        if not news:
            return Reconciled((), (), (), ())
        for cycle in store.cycles.all():
            require_position(context(cycle.report_year).config, by)
        proved, unproved = _replay(store, news)
        strangers = tuple(sorted({one.key for one in news} - set(proved)))
        held = _hold_everything(store, strangers, by=by, at=at)
        store.acts.add(
            "reconcile-deliveries",
            "ledger",
            actor=by,
            at=at,
            proved=list(proved),
            unproved=list(unproved),
            strangers=list(strangers),
        )
    return Reconciled(proved, unproved, strangers, held)


def _news(store: Store, delivered: Sequence[Delivered]) -> list[Delivered]:
    """What this ledger does not have as accepted; what a person was told of before is no news."""
    told = {
        key for act in store.acts.all() if act.act == "reconcile-deliveries" for key in act.details.get("strangers", ())
    }
    accepted = store.messages.accepted()
    return [one for one in delivered if one.key not in accepted and one.key not in told]


def _replay(store: Store, news: Sequence[Delivered]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    proof: dict[datetime, dict[str, Delivered]] = defaultdict(dict)
    for one in news:
        proof[one.at][one.key] = one
    every = {one.key: one for one in news}
    proved, unproved = [], []
    for moment in sorted(proof):
        # What was sealed before the backup and went out at this moment, and then what this tick decides.
        waiting = set(proof[moment])
        plan = plan_within(store, moment, store.clearances.stamp())
        for key in sorted(waiting | {key for batch in plan.batches for key in batch}):
            message = store.messages.find(key)
            if message is None or message.state == "accepted":
                continue
            if key in every:
                _decide(store, message, Receipt(key, "accepted", f"delivery log: {every[key].said}"), every[key].at)
                proved.append(key)
            elif message.state == "sealed":
                _decide(store, message, Receipt(key, "unknown", _UNPROVED), moment)
                unproved.append(key)
    return tuple(proved), tuple(unproved)


def _decide(store: Store, message: Message, receipt: Receipt, at: datetime) -> None:
    if message.state == "unknown":
        store.messages.settle(message.key, state="accepted", reason=receipt.detail, at=at)
        carry_out(store, message, "accepted", receipt, at=at)
        return
    until = datetime.now(UTC)
    if store.messages.claim([message.key], owner=_OWNER, until_clock=until, honours_key=()):
        state = store.messages.record(receipt, owner=_OWNER, at=at)
        if state:
            carry_out(store, message, state, receipt, at=at)


def _hold_everything(store: Store, strangers: Sequence[str], *, by: str, at: datetime) -> tuple[str, ...]:
    """Until a person lifts it: what those messages told may be owed anew."""
    if not strangers:
        return ()
    told = []
    for cycle in store.cycles.all():
        if cycle.closed_at is None:
            number = store.holds.next_number()
            reason = f"the ledger was put back, and does not know {counted_of(len(strangers), 'message')} that went out"
            until = (at + timedelta(days=_HELD_DAYS)).date()
            store.holds.add(Hold(number, cycle.report_year, "all", "", until, reason, by, at))
            store.acts.add("hold", f"hold:{number}", actor=by, at=at, whom="all", until_on=str(until), reason=reason)
            told.append(f"hold {number} on everything of cycle {cycle.report_year}")
    return tuple(told)
