"""Seal the roll call of a cycle's opening: one mail a post. A move of the tick's transaction; it does not commit."""

from __future__ import annotations

from datetime import datetime

from tipcycle.model.keys import roll_call_key
from tipcycle.model.message import Message
from tipcycle.model.moment import day
from tipcycle.model.post import Post
from tipcycle.operations.context import Context
from tipcycle.operations.event_mail import event_mail
from tipcycle.operations.holds_in_force import held_in
from tipcycle.reminders.roll_call import RollCall, decide_roll_call
from tipcycle.rendering.templates import render
from tipcycle.store import Store


def seal_roll_call(store: Store, cycle: Context, at: datetime) -> datetime | None:
    """Seal the mails that are owed at `at`; return the next moment at which another is, or None."""
    decision = _decide(store, cycle, at)
    for post in decision.posts:
        store.messages.seal(_mail(cycle, post, at))
    return decision.wake_at


def next_roll_call(store: Store, cycle: Context, at: datetime) -> datetime | None:
    """When the next mail of the roll call can go, `at` itself if one can now; None when none is left."""
    decision = _decide(store, cycle, at)
    return at if decision.posts else decision.wake_at


def _decide(store: Store, cycle: Context, at: datetime) -> RollCall:
    year = cycle.config.report_year
    called = store.messages.keys_like(roll_call_key(year, ""))
    held = held_in(store, cycle, at)
    return decide_roll_call(
        cycle.config,
        cycle.places,
        opened_at=store.cycles.get(year).opened_at,
        called={key.rpartition(":")[2] for key in called},
        at=at,
        held={seat.rpartition(".")[0]: one.until for seat, one in held.items() if seat.endswith(".action-officer")},
    )


def _mail(cycle: Context, post: Post, at: datetime) -> Message:
    config = cycle.config
    position = config.positions[f"{post.id}.action-officer"]
    key = roll_call_key(config.report_year, post.id)
    text = render(
        cycle.templates,
        "roll_call_email.txt.j2",
        report_year=config.report_year,
        post=post,
        position=position,
        seats=[seat for seat in config.positions.values() if seat.post == post.id],
        countries=[config.countries[iso3].name for iso3 in post.covers],
        ask=config.positions["gtip.action-officer"],
        by=day(config.calendar.step("special-watch-list").planned_on),
    )
    return event_mail(cycle, key, position, text, at=at)
