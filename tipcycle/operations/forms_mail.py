"""Bring the workbooks with what was asked: a cable carries no file, so a mail follows it once it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tipcycle.model.keys import annual_forms_key, forms_key, obligation_key
from tipcycle.model.message import Message
from tipcycle.model.moment import local
from tipcycle.model.obligation import Obligation
from tipcycle.operations.answer_links import answer_link
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail
from tipcycle.operations.hand_out_workbooks import workbook_links, workbooks_to_attach
from tipcycle.rendering.how_to_answer import how_to_answer
from tipcycle.rendering.templates import render
from tipcycle.store import Store

_ASKED = ("demarche", "progress-report")


def forms_mail(store: Store, cycle: Context, iso3: str, *, at: datetime) -> Message | None:
    """The sealed mail on an action request; None where neither link nor attachment is set up."""
    year = cycle.config.report_year
    owed = [store.obligations.get(obligation_key(year, step, iso3)) for step in _ASKED]
    where = cycle.config.countries[iso3].in_text
    return _mail(cycle, owed, forms_key(year, iso3), what=f"action request on {where}", where=where, at=at)


def annual_forms_mail(store: Store, cycle: Context, post_id: str, *, at: datetime) -> Message | None:
    """The sealed mail on reporting instructions, one for all countries of the post; None where nothing is set up."""
    config, post = cycle.config, cycle.config.posts[post_id]
    owed = [store.obligations.get(obligation_key(config.report_year, "annual-submission", one)) for one in post.covers]
    names = [config.countries[iso3].in_text for iso3 in post.covers]
    where = ", ".join(names) if len(names) <= 4 else f"{len(names)} countries"
    key = annual_forms_key(config.report_year, post_id)
    return _mail(cycle, owed, key, what="reporting instructions", where=where, at=at)


def _mail(
    cycle: Context, owed: Sequence[Obligation], key: str, *, what: str, where: str, at: datetime
) -> Message | None:
    """To the action officer of the post that owes."""
    config = cycle.config
    position = config.positions[f"{owed[0].post}.action-officer"]
    answer_links = {one.key: answer_link(cycle.settings, one, position, at=at) for one in owed}
    links = workbook_links(cycle.settings, owed, answer_links)
    books = workbooks_to_attach(cycle, owed, position)
    if not links and not books:
        return None
    zone = cycle.places.of(position).zone
    countries = {one.country for one in owed}
    forms = [
        {
            "what": config.owed(one.step).what,
            "country": config.countries[one.country or ""].name if len(countries) > 1 else "",
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
        what=what,
        where=where,
        report_year=config.report_year,
        forms=forms,
        ask=config.positions["gtip.action-officer"],
    )
    attachments = (how_to_answer(owed, config=config, templates=cycle.templates), *books)
    return event_mail(cycle, key, position, text, at=at, attachments=attachments)
