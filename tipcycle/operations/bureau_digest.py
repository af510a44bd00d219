"""Seal the bureaus' digests of the week: one mail a bureau. A move of the tick's transaction; it does not commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tipcycle.model.keys import bureau_digest_key, bureau_of_digest
from tipcycle.model.message import Message
from tipcycle.model.moment import day
from tipcycle.operations.bureau_facts import bureau_facts
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail
from tipcycle.operations.holds_in_force import held_in
from tipcycle.reminders.bureau_week import decide_bureau_week
from tipcycle.rendering.templates import render
from tipcycle.store import Store


def seal_bureau_digests(store: Store, cycle: Context, at: datetime) -> datetime:
    """Seal what is owed at `at`; return (and keep, for the next tick) when another digest can be."""
    year, positions = cycle.config.report_year, cycle.config.positions
    held = held_in(store, cycle, at)
    decision = decide_bureau_week(
        _asked(store, cycle),
        cycle.places.washington,
        told=set(_told(store, year)),
        held={
            seat.bureau: held[seat.id]
            for seat in positions.values()
            if seat.bureau and not seat.post and seat.id in held
        },
        at=at,
    )
    for bureau in decision.bureaus:
        store.messages.seal(_mail(store, cycle, bureau, decision.monday, at))
    store.cycles.tell_bureaus_from(year, decision.look_at)
    return decision.look_at


def _asked(store: Store, cycle: Context) -> dict[str, datetime]:
    """Since when the posts of each bureau owe what they were asked for."""
    since: dict[str, datetime] = {}
    for post, opened_at in store.obligations.missing_since(cycle.config.report_year).items():
        bureau = cycle.config.posts[post].bureau
        if bureau:
            since[bureau] = min(since.get(bureau, opened_at), opened_at)
    return since


def _told(store: Store, report_year: int) -> Iterable[tuple[str, date]]:
    for key in store.messages.keys_like(bureau_digest_key(report_year)):
        yield bureau_of_digest(key)


def _mail(store: Store, cycle: Context, bureau: str, monday: date, at: datetime) -> Message:
    config = cycle.config
    position = config.positions[f"{bureau.lower()}.bureau"]
    text = render(
        cycle.templates,
        "bureau_digest_email.txt.j2",
        report_year=config.report_year,
        bureau=bureau,
        position=position,
        ask=config.positions["gtip.action-officer"],
        monday=day(monday),
        facts=bureau_facts(store, cycle, bureau, at),
        page=f"{cycle.settings.board_url}/{bureau}" if cycle.settings.intake_url else "",
    )
    return event_mail(cycle, bureau_digest_key(config.report_year, bureau, monday), position, text, at=at)
