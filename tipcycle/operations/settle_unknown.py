"""Decide an unknown outcome by hand: it was sent, or it is to be sent again."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tipcycle.errors import StoreError
from tipcycle.model.notice import NoticeState
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store

_UNKNOWN: tuple[NoticeState, ...] = ("unknown",)


def settle_unknown(key: str, *, as_: Literal["was-sent", "send-again"], actor: str, at: datetime) -> str:
    """Settle one message; return a line to show. Sent again it keeps its Message-ID."""
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        message = store.messages.find(key)
        if message is None or message.state != "unknown":
            found = "there is no such message" if message is None else f"its outcome is {message.state}"
            raise StoreError(f"{key}: {found}; tipcycle status lists what is unknown")
        require_position(context(message.report_year).config, actor)
        carried = [notice.key for notice in store.notices.of_message(key)]
        reason = f"settled by {actor}: {as_}"
        if as_ == "was-sent":
            store.messages.settle(key, state="accepted", reason=reason, at=at)
            store.notices.decide(carried, "sent", reason=reason, at=at, only_from=_UNKNOWN)
        else:
            store.messages.settle(key, state="sealed", reason=reason, at=at)
            store.notices.decide(carried, "queued", reason=reason, at=at, only_from=_UNKNOWN)
        store.acts.add("settle-unknown", key, actor=actor, at=at, as_=as_)
    return f"{key}: {reason}"
