"""Tell a post in plain words why its file was refused; where its mailbox refuses too, tell the next one up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tipcycle.ladder.recipients import next_in_climb
from tipcycle.model.keys import refusal_key
from tipcycle.model.message import Message
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.model.submission import SubmissionFinding
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail, message_id
from tipcycle.rendering.templates import render
from tipcycle.store import Store


def refusal_mail(
    cycle: Context,
    obligation: Obligation,
    refusal: str,
    file_name: str,
    findings: Sequence[SubmissionFinding],
    *,
    at: datetime,
) -> Message:
    """The sealed mail to the obligation's owner; it goes out with the next tick's deliveries."""
    position = cycle.config.positions[obligation.owner]
    key = refusal_key(cycle.config.report_year, refusal)
    text = render(
        cycle.templates,
        "refusal_email.txt.j2",
        position=position,
        file_name=file_name,
        country=cycle.config.countries[obligation.country or ""],
        what=cycle.config.owed(obligation.step).what,
        findings=[one for one in findings if one.severity in ("blocker", "error")],
        ask=cycle.config.positions["gtip.action-officer"],
    )
    return event_mail(cycle, key, position, text, at=at)


def pass_on_refusal(store: Store, cycle: Context, message: Message, *, at: datetime) -> bool:
    """Seal the same text for the first position up whose mailbox is not known to refuse; False if there is none."""
    refused_by = cycle.config.positions[message.position]
    position = _next_with_mail(store, cycle, refused_by)
    if position is None:
        return False
    key = f"{message.key.partition('+')[0]}+{position.id}"
    body = render(
        cycle.templates, "passed_on_email.txt.j2", position=position, refused_by=refused_by, body=message.body
    )
    store.messages.seal(
        replace(
            message,
            key=key,
            position=position.id,
            address=position.address("email") or "",
            local_on=cycle.places.of(position).local_date(at),
            body=body,
            sealed_at=at,
            message_id=message_id(key),
            state="sealed",
            reason="",
            attempts=0,
        )
    )
    return True


def _next_with_mail(store: Store, cycle: Context, position: Position) -> Position | None:
    refused = store.addresses.refused()
    post = cycle.config.posts.get(position.post or "")
    above = next_in_climb(position, post=post, positions=cycle.config.positions)
    while above and ("email", above.address("email")) in refused:
        above = next_in_climb(above, post=post, positions=cycle.config.positions)
    return above
