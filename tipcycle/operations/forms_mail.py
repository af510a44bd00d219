"""Bring the workbooks with the action request: a cable carries no file, so a mail follows it once it is accepted."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.keys import forms_key, obligation_key
from tipcycle.model.message import Message
from tipcycle.model.moment import local
from tipcycle.operations.answer_links import answer_link
from tipcycle.operations.context import Context
from tipcycle.operations.hand_out_workbooks import workbook_links, workbooks_to_attach
from tipcycle.rendering.how_to_answer import how_to_answer
from tipcycle.rendering.templates import render
from tipcycle.store import Store

_ASKED = ("demarche", "progress-report")


def forms_mail(store: Store, cycle: Context, iso3: str, *, at: datetime) -> Message | None:
    """The sealed mail to the post's action officer; None where neither link nor attachment is set up."""
    config = cycle.config
    position = config.positions[f"{config.post_for(iso3).id}.action-officer"]
    owed = [store.obligations.get(obligation_key(config.report_year, step, iso3)) for step in _ASKED]
    answer_links = {one.key: answer_link(cycle.settings, one, position, at=at) for one in owed}
    links = workbook_links(cycle.settings, owed, answer_links)
    books = workbooks_to_attach(cycle, owed, position)
    if not links and not books:
        return None
    zone = cycle.places.of(position).zone
    forms = [
        {
            "what": config.owed(one.step).what,
            "due": local(one.due_at, zone),
            "link": links.get(one.key, ""),
            "name": books[number].name if books else "",
        }
        for number, one in enumerate(owed)
    ]
    text = render(
        cycle.templates,
        "forms_email.txt.j2",
        position=position,
        country=config.countries[iso3],
        report_year=config.report_year,
        forms=forms,
        ask=config.positions["gtip.action-officer"],
    )
    subject, _, body = text.partition("\n\n")
    key = forms_key(config.report_year, iso3)
    return Message(
        key=key,
        report_year=config.report_year,
        position=position.id,
        channel="email",
        address=position.address("email") or "",
        local_on=cycle.places.of(position).local_date(at),
        n=0,
        subject=subject.strip(),
        body=body,
        sealed_at=at,
        message_id=f"<{key.replace(':', '.')}@tipcycle.example>",
        attachments=(how_to_answer(owed, config=config, templates=cycle.templates), *books),
    )
