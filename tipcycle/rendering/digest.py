"""How does a digest of notices read, by mail and on Slack?

A reminder says what is owed, when it is due on the post's own clock and in UTC, which weekday that is and whether
the post works then, what is in already, and whom to ask. An escalation says that it is one, why it comes to its reader,
what is expected, and how often, and when, the post was really reminded. Slack gets counts and links only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.message import Attachment, Message
from tipcycle.reminders.decide_messages import Digest
from tipcycle.rendering.deadline_ics import deadline_ics
from tipcycle.rendering.digest_duties import items_of
from tipcycle.rendering.digest_line import DigestFacts, Line, line_of
from tipcycle.rendering.how_to_answer import how_to_answer
from tipcycle.rendering.templates import render


def render_digest(
    digest: Digest,
    facts: DigestFacts,
    *,
    config: CycleConfig,
    places: Places,
    templates: Path,
    ui_url: str,
    at: datetime,
) -> Message:
    """The sealed message of `digest`, its text as of `at`."""
    obligations = [facts.obligations[notice.obligation] for notice in digest.notices]
    items = items_of(digest.notices, facts.to_clear, facts.to_settle)
    lines = [line_of(item, facts, config=config, places=places, at=at) for item in items]
    position = config.positions[digest.position]
    escalated = {
        facts.obligations[notice.obligation].owner == position.id for notice in digest.notices if notice.days > 0
    }
    values = {
        "lines": lines,
        "position": position,
        "report_year": config.report_year,
        "forced": digest.forced,
        "overdue": sum(line.overdue for line in lines),
        "about": _about(lines, config),
        "alarm": any(line.alarm for line in lines),
        "escalation": position.level > 0 and bool(escalated),
        "owed_by_reader": True in escalated,
        "owed_by_others": False in escalated,
        "duties": not any(line.already_in for line in lines),
        "marking": "SENSITIVE BUT UNCLASSIFIED" if any(line.to_settle for line in lines) else "UNCLASSIFIED",
        "answers": any(line.owed_by_post for line in lines),
        "ask": config.positions["gtip.action-officer"],
        # Prefect is the Department's desk: at a post its address leads nowhere.
        "board": "" if position.post else f"{ui_url}/artifacts/key/status-board-{config.report_year}",
    }
    template = "digest_slack.txt.j2" if digest.channel == "slack" else "digest_email.txt.j2"
    text = render(templates, template, **values)
    subject, _, body = text.partition("\n\n")
    attachments: list[Attachment] = []
    if digest.channel != "slack":
        attachments = [deadline_ics(((line.owed, line.heading) for line in lines), at=at)]
        if position.post:
            attachments += [how_to_answer(obligations, config=config, templates=templates)]
        attachments += facts.workbooks
    return Message(
        key=digest.key,
        report_year=config.report_year,
        position=digest.position,
        channel=digest.channel,
        address=digest.address,
        local_on=digest.local_on,
        n=digest.n,
        subject=subject.strip(),
        body=body,
        sealed_at=at,
        message_id=f"<{digest.key.replace(':', '.')}@tipcycle.example>",
        statutory=digest.statutory,
        attachments=tuple(attachments),
    )


def _about(lines: Sequence[Line], config: CycleConfig) -> str:
    """What the subject names, in lower case: the step with its countries, or how many different things are owed."""
    if len({line.step for line in lines}) > 1:
        return f"{len(lines)} items owed in cycle {config.report_year}"
    what = config.owed(lines[0].step).what
    if len(lines) == 1 and (lines[0].to_clear or lines[0].to_settle):
        what = lines[0].heading[0].lower() + lines[0].heading[1:]
    names = [config.countries[line.country].in_text for line in lines if line.country]
    where = ", ".join(names) if len(names) <= 4 else f"{len(names)} countries"
    left = {line.left for line in lines}
    return what + (f": {where}" if where else "") + (f" ({left.pop()})" if len(left) == 1 else "")
