"""What follows from a receiver's answer, for the notices or the obligation that a message carries?

A move of another operation's transaction; it does not commit.
"""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.keys import forms_key
from tipcycle.model.message import Message, Receipt
from tipcycle.model.notice import NoticeState
from tipcycle.model.obligation import Obligation
from tipcycle.operations.ask_annual_submissions import STEP as INSTRUCTIONS
from tipcycle.operations.ask_annual_submissions import ask_annual_submissions
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.forms_mail import forms_mail
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.refusal_mail import pass_on_refusal
from tipcycle.operations.withdraw_stale import overtaken_by
from tipcycle.reminders.stand_in import hand_over, valid_address
from tipcycle.store import Store

_UNDER_WAY: tuple[NoticeState, ...] = ("queued", "unknown")


def carry_out(store: Store, message: Message, state: str, receipt: Receipt, *, at: datetime) -> None:
    """What the receiver's answer means for the notices, or for the obligation, that the message carries."""
    carried = [notice.key for notice in store.notices.of_message(message.key)]
    match state:
        case "accepted":
            store.notices.decide(carried, "sent", reason="accepted", at=at, only_from=_UNDER_WAY)
            if message.obligation:
                obligation = store.obligations.get(message.obligation)
                cycle = with_contacts(store, context(message.report_year), at)
                if obligation.step == INSTRUCTIONS:
                    post = cycle.config.positions[message.position].post
                    ask_annual_submissions(store, cycle, post or "", at=at)
                else:
                    fulfil(store, cycle, obligation, standing="received", at=at)
                    _bring_forms(store, cycle, obligation, at)
                store.acts.add("send", message.key, actor="tipcycle", at=at, receipt=receipt.detail)
        case "refused" if message.obligation:
            store.acts.add("request-refused", message.key, actor="tipcycle", at=at, reason=receipt.detail)
        case "refused":
            store.addresses.mark(message.channel, message.address, reason=receipt.detail, at=at)
            store.acts.add("address-refused", message.key, actor="tipcycle", at=at, reason=receipt.detail)
            cycle = with_contacts(store, context(message.report_year), at)
            if message.n == 0:
                pass_on_refusal(store, cycle, message, at=at)
            _pass_on(store, cycle, message, at)
        case "unknown":
            reason = receipt.detail
            store.notices.decide(carried, "unknown", reason=reason, at=at, only_from=_UNDER_WAY)
            store.acts.add("outcome-unknown", message.key, actor="tipcycle", at=at, reason=reason)


def _bring_forms(store: Store, cycle: Context, request: Obligation, at: datetime) -> None:
    """Once a request, however often its acceptance is told."""
    if request.country is None or store.messages.find(forms_key(request.report_year, request.country)):
        return
    mail = forms_mail(store, cycle, request.country, at=at)
    if mail:
        store.messages.seal(mail)


def _pass_on(store: Store, cycle: Context, message: Message, at: datetime) -> None:
    """Fail the notices of a refused message and owe them to whoever stands in; the same tick sends those.

    Where the position has another address, or nobody stands in, they are owed as before: the next look takes that
    address, or says at every tick that nobody can be told. What was answered or replanned meanwhile ends here.
    """
    refused = store.addresses.refused()
    position = cycle.config.positions[message.position]
    for notice in store.notices.of_message(message.key):
        overtaken = overtaken_by(notice, store.obligations.get(notice.obligation))
        if overtaken or notice.state not in _UNDER_WAY:
            store.notices.decide([notice.key], "cancelled", reason=overtaken, at=at, only_from=_UNDER_WAY)
            continue
        if valid_address(position, notice.channel, refused):
            store.notices.owe_again(notice.key)
            continue
        history = store.notices.of_obligations([notice.obligation])
        handed = hand_over(
            notice,
            post=cycle.config.posts[notice.post] if notice.post else None,
            positions=cycle.config.positions,
            refused=refused,
            known={other.key for other in history},
        )
        if handed is None:
            store.notices.owe_again(notice.key)
            continue
        store.notices.decide([notice.key], "failed", reason=handed.reason, at=at, only_from=_UNDER_WAY)
        if handed.to:
            store.notices.add([handed.to])
