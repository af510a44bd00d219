"""Tell whoever owes that the deadline changed: the old day and the new one, why, and who approved."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model import moment
from tipcycle.model.keys import deadline_key
from tipcycle.model.message import Message
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail
from tipcycle.rendering.deadline_ics import deadline_ics
from tipcycle.rendering.digest_line import heading, working_day
from tipcycle.rendering.templates import render


def deadline_mail(cycle: Context, before: Obligation, now: Obligation, *, kind: str, at: datetime) -> Message:
    """The sealed mail to the obligation's owner; it goes out with the next tick's deliveries."""
    config = cycle.config
    position = config.positions[now.owner]
    zone = cycle.places.of_owner(now.post).zone
    key = deadline_key(now.key, now.version)
    place = config.posts[now.post].name if now.post else "Washington"
    text = render(
        cycle.templates,
        "deadline_email.txt.j2",
        position=position,
        kind=kind,
        what=config.owed(now.step).what,
        country=config.countries[now.country] if now.country else None,
        old_local=moment.local(before.due_at, zone),
        new_local=moment.local(now.due_at, zone),
        new_utc=moment.utc(now.due_at),
        place=place,
        working=working_day(now, cycle.places, place),
        reason=now.reason,
        approver=config.positions[now.approver],
        ask=config.positions["gtip.action-officer"],
    )
    attachments = (deadline_ics([(now, heading(now, config))], at=at),)
    return event_mail(cycle, key, position, text, at=at, attachments=attachments)
