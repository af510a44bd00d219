"""Decide by hand what became of a message whose outcome is unknown, or of a request that was refused.

It is looked at first: what was sent twice cannot be taken back, and what wrongly counts as sent is never sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.message import Message, Receipt
from tipcycle.model.moment import utc
from tipcycle.model.notice import NoticeState
from tipcycle.operations.approval import require_position
from tipcycle.operations.carry_out import carry_out
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store

SettledAs = Literal["was-sent", "send-again"]

_UNKNOWN: tuple[NoticeState, ...] = ("unknown",)


def preview_settling(key: str, *, as_: SettledAs, actor: str, at: datetime) -> list[str]:
    """Lines: which message, to whom, why it waits, and what would follow; nothing is written.

    Raises `StoreError` where settling it would.
    """
    with Store.read(settings().ledger_url) as store:
        message = _to_settle(store, key, actor=actor, at=at)
        count = len(store.notices.of_message(key))
    return [
        f"{key}: {message.state}{f', {message.reason}' if message.reason else ''}",
        f"  to {message.position} ({message.address}, {message.channel}): {message.subject}",
        f"  sealed at {utc(message.sealed_at)}, tried {counted_of(message.attempts, 'time')}",
        f"would be settled by {actor} as {as_}: {_would_follow(message, as_, count)}",
    ]


def settle_unknown(key: str, *, as_: SettledAs, actor: str, at: datetime) -> str:
    """Settle one message; return a line to show. Sent again it keeps its Message-ID and key.

    `was-sent` has the effect of an acceptance: a request that was sent opens what the post owes.
    """
    with Store.begin(settings().ledger_url) as store:
        message = _to_settle(store, key, actor=actor, at=at)
        carried = [notice.key for notice in store.notices.of_message(key)]
        reason = f"settled by {actor}: {as_}"
        if as_ == "was-sent":
            store.messages.settle(key, state="accepted", reason=reason, at=at)
            store.notices.decide(carried, "sent", reason=reason, at=at, only_from=_UNKNOWN)
            carry_out(store, message, "accepted", Receipt(key, "accepted", reason), at=at)
        else:
            store.messages.settle(key, state="sealed", reason=reason, at=at)
            if message.state == "refused":
                store.addresses.clear(message.address)
            store.notices.decide(carried, "queued", reason=reason, at=at, only_from=_UNKNOWN)
        store.acts.add(f"settle-{message.state}", key, actor=actor, at=at, as_=as_)
    return f"{key}: {reason}{_what_follows(message, as_)}"


def _to_settle(store: Store, key: str, *, actor: str, at: datetime) -> Message:
    store.require_possible(at)
    message = store.messages.find(key)
    if message is None or message.state not in ("unknown", "refused"):
        found = "there is no such message" if message is None else f"its outcome is {message.state}"
        raise StoreError(f"{key}: {found}; the status board (tipcycle status) lists what is")
    _require_not_passed_on(message)
    require_position(context(message.report_year).config, actor)
    return message


def _would_follow(message: Message, as_: SettledAs, count: int) -> str:
    if as_ == "was-sent":
        told = f", {counted_of(count, 'notice')} with it" if count else ""
        return f"it would count as accepted{told}, and never go again"
    twice = "" if message.state == "refused" else "; if it did arrive, it arrives twice"
    return f"it would go once more with the next tick, under the same Message-ID and key{twice}"


def _what_follows(message: Message, as_: SettledAs) -> str:
    if as_ == "was-sent":
        return ""
    good = ", and its address counts as good again" if message.state == "refused" else ""
    return f"; it goes with the next tick{good}"


def _require_not_passed_on(message: Message) -> None:
    """A refused digest's notices are decided: whoever stands in was told, or they are owed again."""
    if message.state == "refused" and message.n > 0:
        raise StoreError(f"{message.key}: was refused, and what it told was passed on; there is nothing to settle")
