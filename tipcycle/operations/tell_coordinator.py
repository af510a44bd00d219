"""Tell the action office that a flow failed or stopped running: one mail a flow and day, sent at once."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime

from tipcycle.config.load import latest_planned_cycle
from tipcycle.ladder.recipients import OFFICE, position_id
from tipcycle.model.keys import alarm_key
from tipcycle.model.message import Message
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.event_mail import event_mail
from tipcycle.rendering.one_line import on_one_line
from tipcycle.rendering.templates import render
from tipcycle.settings import settings
from tipcycle.store import Store

LONGEST = 2_000
_SUBJECT = 100  # characters of what was told; the mail itself begins with all of it


@dataclass(frozen=True)
class Alarm:
    """`key` is None where the office was told of this flow today."""

    key: str | None
    line: str


def seal_alarm(flow: str, *, run: str, told: str, at: datetime) -> Alarm:
    """Seal the mail. `run` is an address inside the UI; `told` is what the run said, cut after 2,000 characters."""
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        known = [row.report_year for row in store.cycles.all()]
        year = max(known, default=0) or latest_planned_cycle(settings().config_dir)
        mail = _mail(with_contacts(store, context(year), at), flow, run=run, told=told[:LONGEST], at=at)
        if store.messages.find(mail.key):
            return Alarm(None, f"{flow}: {mail.position} was told today")
        store.messages.seal(mail)
    return Alarm(mail.key, f"{flow}: {mail.position} is told")


def _mail(cycle: Context, flow: str, *, run: str, told: str, at: datetime) -> Message:
    position = cycle.config.positions[position_id(OFFICE, "action-officer")]
    words = told.strip() or "It ended without a word."
    text = render(
        cycle.templates,
        "alarm_email.txt.j2",
        position=position,
        flow=on_one_line(flow),
        headline=textwrap.shorten(on_one_line(words.splitlines()[0]), width=_SUBJECT, placeholder=" …"),
        told=words,
        run=on_one_line(f"{settings().ui_url}{run}" if run.startswith("/") else run),
    )
    local_on = cycle.places.of(position).local_date(at)
    return event_mail(cycle, alarm_key(cycle.config.report_year, flow, local_on), position, text, at=at)
