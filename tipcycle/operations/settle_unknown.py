"""Decide by hand what became of a message whose outcome is unknown, or of a request that was refused."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tipcycle.errors import StoreError
from tipcycle.model.message import Message, Receipt
from tipcycle.model.notice import NoticeState
from tipcycle.operations.approval import require_position
from tipcycle.operations.carry_out import carry_out
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store

_UNKNOWN: tuple[NoticeState, ...] = ("unknown",)


def settle_unknown(key: str, *, as_: Literal["was-sent", "send-again"], actor: str, at: datetime) -> str:
    """Settle one message; return a line to show. Sent again it keeps its Message-ID and key.

    `was-sent` has the effect of an acceptance: a request that was sent opens what the post owes.
    """
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        message = store.messages.find(key)
        if message is None or message.state not in ("unknown", "refused"):
            found = "there is no such message" if message is None else f"its outcome is {message.state}"
            raise StoreError(f"{key}: {found}; the status board (tipcycle status) lists what is")
        _require_not_passed_on(message)
        require_position(context(message.report_year).config, actor)
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


def _what_follows(message: Message, as_: str) -> str:
    if as_ == "was-sent":
        return ""
    good = ", and its address counts as good again" if message.state == "refused" else ""
    return f"; it goes with the next tick{good}"


def _require_not_passed_on(message: Message) -> None:
    """A refused digest's notices are decided: whoever stands in was told, or they are owed again."""
    if message.state == "refused" and message.n > 0:
        raise StoreError(f"{message.key}: was refused, and what it told was passed on; there is nothing to settle")
