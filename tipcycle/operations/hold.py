"""Stop sending to a post, a bureau or everybody until a day, or lift such a hold; the ledger goes on as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tipcycle.config.find_post import find_post
from tipcycle.errors import StoreError
from tipcycle.ladder.recipients import BUREAUS
from tipcycle.model.counted import counted_of
from tipcycle.model.hold import Hold, HoldScope
from tipcycle.model.moment import day
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.holds_in_force import held_in
from tipcycle.reminders.hold import covers, in_force
from tipcycle.settings import settings
from tipcycle.store import Store


def hold(
    report_year: int, *, scope: HoldScope, name: str, until_on: date, reason: str, approver: str, at: datetime
) -> str:
    """Hold from now to the end of `until_on` in Washington; return a line to show. Raises `StoreError` if it cannot.

    What is sealed already and not sent waits too; a message that is being sent this very moment goes.
    """
    cycle = context(report_year)
    wanted = proposed_hold(cycle, scope=scope, name=name, until_on=until_on, reason=reason, approver=approver, at=at)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        store.cycles.require_open(report_year)
        _require_new(store, wanted)
        kept = Hold(**(vars(wanted) | {"number": store.holds.next_number()}))
        store.holds.add(kept)
        store.acts.add(
            "hold", f"hold:{kept.number}", actor=approver, at=at, whom=kept.whom, until_on=str(until_on), reason=reason
        )
    until = f"until the end of {day(until_on)}"
    return f"hold {kept.number}: nothing is sent to {_told(kept)} {until}, by {approver}: {reason}"


def _require_new(store: Store, wanted: Hold) -> None:
    """Repeated after a crash, a hold would stand twice: lifting one of them would set nothing free."""
    for one in store.holds.standing():
        if replace(one, number=wanted.number, recorded_at=wanted.recorded_at) == wanted:
            raise StoreError(f"hold {one.number} says the same and stands; lift it, or name another day or reason")


def lift_hold(number: int, *, reason: str, by: str, at: datetime) -> str:
    """End a hold now; return a line to show. What it kept back goes with the next tick in working hours."""
    require_reason("a hold is lifted", reason)
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        lifted = store.holds.lift(number, by=by, because=reason, at=at)
        cycle = context(lifted.report_year)
        require_position(cycle.config, by)
        free = _set_free(store, cycle, lifted, at)
        store.cycles.tell_bureaus_from(lifted.report_year, None)
        store.acts.add("lift-hold", f"hold:{number}", actor=by, at=at, whom=lifted.whom, reason=reason)
    return f"hold {number} on {_told(lifted)} is lifted by {by}, and {free}: {reason}"


def _set_free(store: Store, cycle: Context, lifted: Hold, at: datetime) -> str:
    """How much it kept back that no other hold keeps back still."""
    held = held_in(store, cycle, at)
    was_in_force = in_force(replace(lifted, lifted_at=None, recorded_at=min(lifted.recorded_at, at)), at)
    free = {key for key, seat in cycle.config.positions.items() if covers(lifted, seat)} - set(held)
    if not was_in_force or not free:
        return "nothing waited for it alone"
    year = lifted.report_year
    notices = sum(one.report_year == year and one.position in free for one in store.notices.owed(at))
    messages = sum(one.position in free for one in store.messages.in_states(year, ("sealed",)))
    counts = [counted_of(count, what) for count, what in ((notices, "notice"), (messages, "sealed message")) if count]
    if not counts:
        return "nothing waited for it yet"
    return f"{' and '.join(counts)} {'waits' if notices + messages == 1 else 'wait'} no more"


def proposed_hold(
    cycle: Context, *, scope: HoldScope, name: str, until_on: date, reason: str, approver: str, at: datetime
) -> Hold:
    """The hold as it would be, without a number; raises `StoreError` or `ConfigError` with what is wrong."""
    require_reason("sending is held", reason)
    require_position(cycle.config, approver)
    if until_on < cycle.places.washington.local_date(at):
        raise StoreError(f"{day(until_on)} is over already in Washington; name a day to come")
    return Hold(0, cycle.config.report_year, scope, _name(cycle, scope, name), until_on, reason, approver, at)


def _name(cycle: Context, scope: HoldScope, name: str) -> str:
    if scope == "post":
        return find_post(cycle.config, name).id
    if scope == "all":
        return ""
    if name.upper() not in BUREAUS:
        raise StoreError(f'"{name}" is no bureau; name one of {", ".join(BUREAUS)}')
    return name.upper()


def _told(held: Hold) -> str:
    return "anybody" if held.scope == "all" else held.whom
