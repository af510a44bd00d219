"""Who cannot be told at their own address, and who was told instead? Until the obligation is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context
from tipcycle.reminders.stand_in import hand_over, valid_address
from tipcycle.store import Store


def read_alarms(store: Store, cycle: Context, owed: Iterable[Obligation]) -> list[dict[str, Any]]:
    """A line an alarm about what is `owed` in the cycle, in order of due moment.

    It says where it is; `told` is None where nobody can be reached at all.
    """
    year, at = cycle.config.report_year, store.last_tick_at()
    if at is None:
        return []
    reached = with_contacts(store, cycle, at)
    refused = store.addresses.refused()
    missing = {one.key: one for one in owed if one.standing == "missing"}
    notices = [one for one in store.notices.due_or_alarming(year, at) if one.obligation in missing]
    return [
        _line(one, missing[one.obligation], cycle, told=told)
        for one in notices
        for told in (_told(one, reached, refused),)
        if one.alarm or told is None
    ]


def _told(notice: Notice, cycle: Context, refused: frozenset[tuple[str, str]]) -> str | None:
    """The position that was told, or will be; None for an owed notice that can be handed to nobody."""
    config = cycle.config
    if notice.state != "owed" or valid_address(config.positions[notice.position], notice.channel, refused):
        return notice.position
    post = config.posts[notice.post] if notice.post else None
    handed = hand_over(notice, post=post, positions=config.positions, refused=refused, known=())
    return handed.to.position if handed and handed.to else None


def _line(notice: Notice, obligation: Obligation, cycle: Context, *, told: str | None) -> dict[str, Any]:
    return {
        "post": cycle.config.posts[obligation.post].name if obligation.post else "Washington",
        "step": notice.step,
        "country": notice.country,
        "rung": notice.days,
        "told": told,
        "state": notice.state,
        "at": iso(notice.decided_at or notice.due_at),
    }
