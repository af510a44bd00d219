"""One tick, whole: decide, seal and deliver until nothing more is owed at that moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tipcycle.operations.context import context
from tipcycle.operations.deliver import DeliveryReport, deliver
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.roll_call import next_roll_call
from tipcycle.settings import settings
from tipcycle.store import Store

# A refusal passes a notice to the next position up; the climb has five seats.
MOST_ROUNDS = 6


@dataclass
class TickReport:
    """What a tick did; `wake_at` as in `MessagePlan`, `unreachable`, `wrong_offices`, `lost_releases`
    and `held_back` too."""

    at: datetime
    delivery: DeliveryReport = field(default_factory=DeliveryReport)
    wake_at: datetime | None = None
    unreachable: tuple[str, ...] = ()
    wrong_offices: tuple[str, ...] = ()
    lost_releases: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()


async def tick(at: datetime) -> TickReport:
    """Send what is owed at `at`, and what its refusals pass on; late, twice or five at once it ends the same."""
    report = TickReport(at)
    for _ in range(MOST_ROUNDS):
        plan = plan_messages(at)
        report.at, report.wake_at, report.unreachable = plan.at, plan.wake_at, plan.unreachable
        report.wrong_offices, report.held_back = plan.wrong_offices, plan.held_back
        report.lost_releases += plan.lost_releases  # told once, by the round that looked
        if not plan.batches:
            break
        for batch in plan.batches:
            delivered = await deliver(batch, plan.at)
            report.delivery.merge(delivered)
            if delivered.left:  # planned anew: what the law sets a date for comes first again
                break
    return report


async def step_due_moments(at: datetime) -> list[TickReport]:
    """In a rehearsal, tick at each moment of `at`'s UTC day up to `at` at which something can go; elsewhere, nothing.

    The rehearsal's clock jumps from day to day; stepping lets each message go, and be stamped, at its own moment.
    A real ledger is never stepped: what was missed is decided once, now.
    """
    url = settings().ledger_url
    with Store.read(url) as store:
        if not store.is_rehearsal:
            return []
    day_began = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    reports = [await tick(day_began)]
    while True:
        last = reports[-1]
        with Store.read(url) as store:
            due = store.notices.next_due(last.at, at)
            told = _bureaus_told_from(store, at)
        coming = [moment for moment in (*due[:1], *told, last.wake_at) if moment and last.at < moment <= at]
        if not coming:
            return reports
        reports.append(await tick(min(coming)))


def next_day_with_something_due(after: datetime, until: datetime) -> datetime | None:
    """The end of the first UTC day after `after` (up to `until`) on which a rehearsal has something to tell.

    Never `after` itself, so that whoever goes on from what this returned gets on.
    """
    first = after + timedelta(seconds=1)
    with Store.read(settings().ledger_url) as store:
        overdue = bool(store.notices.owed(after)) or bool(store.messages.undelivered(first, honours_key=()))
        due = store.notices.next_due(after, until)
        calls = [
            next_roll_call(store, context(cycle.report_year), after)
            for cycle in store.cycles.all()
            if cycle.closed_at is None and cycle.listed_at is None
        ]
        told = _bureaus_told_from(store, until)
    due = sorted([*due[:1], *(call for call in calls if call), *(max(one or first, first) for one in told)])
    if overdue:
        moment = after + timedelta(days=1)
    elif due:
        moment = due[0]
    else:
        return None
    end = moment.astimezone(UTC).replace(hour=23, minute=59, second=59, microsecond=0)
    return end if end <= until else None


def _bureaus_told_from(store: Store, until: datetime) -> list[datetime | None]:
    """When the digests to bureaus may next be due, of each cycle with one up to `until`; None: nobody looked yet."""
    return [store.cycles.bureaus_told_from(year) for year in store.cycles.with_bureaus_to_tell(until)]
