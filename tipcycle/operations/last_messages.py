"""What was said last about each of these obligations, and to whom? The newest notice that was really sent, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tipcycle.model.moment import day, iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Role
from tipcycle.operations.context import Context
from tipcycle.store import Store

_WHOM: dict[Role, str] = {
    "action-officer": "the action officer",
    "alternate": "the alternate",
    "front-office": "the front office",
    "bureau": "the bureau",
    "director": "the director",
    "clearer": "the clearer",
    "principal": "the principal",
}


def last_messages(store: Store, cycle: Context, owed: Sequence[Obligation]) -> dict[str, str]:
    """`reminder to the action officer, Fri 13 Nov 2009`, or when it was asked; by key, on the owner's calendar.

    Of several positions told at the same moment it names the highest.
    """
    newest: dict[str, Notice] = {}
    for one in store.notices.of_obligations([one.key for one in owed]):
        if one.state == "sent" and one.decided_at and _order(one) > _order(newest.get(one.obligation)):
            newest[one.obligation] = one
    return {one.key: _told(cycle, one, newest.get(one.key)) for one in owed}


def _order(notice: Notice | None) -> tuple[str, int, str]:
    if notice is None or notice.decided_at is None:
        return ("", 0, "")
    return (iso(notice.decided_at), notice.level, notice.key)


def _told(cycle: Context, one: Obligation, notice: Notice | None) -> str:
    working = cycle.places.of_owner(one.post)
    if notice is None or notice.decided_at is None:
        return f"asked, {day(working.local_date(one.opened_at))}" if one.opened_at else ""
    seat = cycle.config.positions.get(notice.position)
    what = "reminder" if notice.days < 0 else "escalation" if notice.level else "reminder after the day"
    return f"{what} to {_WHOM[seat.role] if seat else notice.position}, {day(working.local_date(notice.decided_at))}"
