"""Tell a post that its answer stands in the ledger: version, hash, what changed, what it still touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tipcycle.model.keys import receipt_key
from tipcycle.model.message import Message
from tipcycle.model.obligation import Obligation
from tipcycle.model.submission import Accepted, SubmissionFinding
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail
from tipcycle.rendering.templates import render
from tipcycle.submissions.late_effect import LateEffect


def receipt_mail(
    cycle: Context,
    obligation: Obligation,
    accepted: Accepted,
    *,
    findings: Sequence[SubmissionFinding],
    changes: Sequence[str],
    effect: LateEffect,
    at: datetime,
) -> Message:
    """The sealed mail to the obligation's owner; it goes out with the next tick's deliveries."""
    config = cycle.config
    position = config.positions[obligation.owner]
    key = receipt_key(obligation.key, accepted.version)
    text = render(
        cycle.templates,
        "receipt_email.txt.j2",
        position=position,
        file_name=accepted.file_name,
        country=config.countries[obligation.country or ""],
        what=config.owed(obligation.step).what,
        late=accepted.late,
        complete=accepted.complete,
        version=accepted.version,
        content_hash=accepted.content_hash,
        changes=changes,
        effect=effect.because,
        findings=findings,
        ask=config.positions["gtip.action-officer"],
    )
    return event_mail(cycle, key, position, text, at=at)
