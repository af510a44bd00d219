"""What is a fact, as it is told to whoever listens? Each act of the audit log is one, named and with what it is about.

`EVENTS` names the event of every act, without the prefix `tipcycle.`; docs/events.md says when each is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

EVENTS: Mapping[str, str] = {
    "accept-submission": "submission.received",
    "address-refused": "address.refused",
    "answer": "answer.given",
    "assemble-full-assessment": "assessment.drafted",
    "assemble-interim-assessment": "assessment.drafted",
    "change-contact": "contact.changed",
    "change-deadline": "deadline.changed",
    "clear-address": "address.cleared",
    "close-cycle": "cycle.closed",
    "correct-special-watch-list": "watch-list.corrected",
    "delegate": "contact.delegated",
    "determine": "country.determined",
    "document-cleared": "document.cleared",
    "document-commented": "document.commented",
    "document-returned": "document.returned",
    "hold": "sending.held",
    "issue-code": "code.issued",
    "issue-upload-token": "upload.invited",
    "lift-hold": "sending.resumed",
    "mail-came-back": "mail.returned",
    "open-cycle": "cycle.opened",
    "open-split": "split.opened",
    "outcome-unknown": "message.unknown",
    "override-clearance": "clearance.overridden",
    "place-country": "country.placed",
    "receive-upload": "upload.received",
    "recommend-tier": "tier.recommended",
    "reconcile-deliveries": "ledger.restored",
    "record-special-watch-list": "watch-list.recorded",
    "record-step": "step.recorded",
    "refuse-code": "code.refused",
    "refuse-submission": "submission.refused",
    "release-document": "document.released",
    "reopen-cycle": "cycle.reopened",
    "reopen-placement": "placement.reopened",
    "request-refused": "request.refused",
    "retract-release": "release.retracted",
    "send": "request.sent",
    "settle-answer": "answer.settled",
    "settle-refused": "message.settled",
    "settle-unknown": "message.settled",
    "split-raised": "split.raised",
    "split-settled": "split.settled",
    "split-withdrawn": "split.withdrawn",
    "waive-obligation": "obligation.waived",
    "waive-rule": "rule.waived",
    "write-chapter": "chapter.written",
}


def event_of(act: str) -> str:
    """`tipcycle.submission.received`; an act that has no name of its own here is told as `tipcycle.act.NAME`."""
    return f"tipcycle.{EVENTS.get(act, f'act.{act}')}"


@dataclass(frozen=True)
class Fact:
    """One act to be told. `hash` is the act's own, so that a fact told twice is recognized.

    `about` maps what it concerns to its id, the closest first: `country` SEN, `post` dakar, `step` progress-report,
    `cycle` 2010; empty for what concerns no cycle. `actor` is a position or `tipcycle`, "" for anybody else.
    """

    number: int
    event: str
    at: datetime
    actor: str
    about: Mapping[str, str]
    name: str
    hash: str
