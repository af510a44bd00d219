"""One outage over one rung of one post's ladder, played on a ledger of its own, and what was wrong afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.operations.model.clocks import clock_of
from tests.operations.model.world import MoodyMailbox, World, first_ledger, mail_server, world
from tests.smoke.story import utc
from tipcycle.model.notice import Notice
from tipcycle.settings import settings
from tipcycle.store import Store

BEGIN = utc("2009-10-05 12:00")
_LONGEST_DISTANCE = timedelta(days=24)  # from the first rung above zero to the last, with a week of rest days
COUNTRIES = {"baku": "AZE", "dhaka": "BGD", "managua": "NIC"}
RUNGS = (-30, -14, -7, -1, 1, 3, 7, 14)
LENGTHS = {
    "5 minutes": timedelta(minutes=5),
    "1 hour": timedelta(hours=1),
    "1 day": timedelta(days=1),
    "3 days": timedelta(days=3),
    "10 days": timedelta(days=10),
    "45 days": timedelta(days=45),
}
STEPS = {"as it is": timedelta(0), "2 h put on": timedelta(hours=2), "2 h put back": timedelta(hours=-2)}


@dataclass(frozen=True)
class Outcome:
    """How many rungs went and were replaced, how many went outside working hours, and what was wrong."""

    sent: int
    superseded: int
    forced: int
    faults: tuple[str, ...]


@contextmanager
def ledgers() -> Iterator[tuple[dict[str, Path], MoodyMailbox]]:
    """A first ledger for each post, in memory where it can be, and one mail server."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name, mail_server(Path(name)) as mailbox:
        made = {}
        for post, country in COUNTRIES.items():
            folder = Path(name) / post
            folder.mkdir()
            made[post] = first_ledger(folder, BEGIN, owed=[("progress-report", country)])
        yield made, mailbox


def play(
    first: Path, mailbox: MoodyMailbox, *, post: str, rung: int, off: timedelta, step: timedelta = timedelta(0)
) -> Outcome:
    """Nothing runs from a minute before the rung is due; when it runs again the clock is `step` off, for an hour."""
    with world(first, mailbox) as played:
        due = [notice.due_at for notice in _notices() if notice.days == rung]
        gone, back = min(due) - timedelta(minutes=1), min(due) - timedelta(minutes=1) + off
        moments = _moments(post, back)
        for at in moments:
            if at < gone:
                played.tick(at)
        for wrong in (timedelta(0), timedelta(minutes=30)):
            played.tick(back + wrong + step)
        for at in moments:
            if at > back + timedelta(minutes=30):
                played.tick(at)
        return _judged(post, _notices(), played)


def _moments(post: str, back: datetime) -> list[datetime]:
    """When anything can change: each rung's moment, and after the outage each opening and evening here and there."""
    found = {notice.due_at for notice in _notices()}
    day = back
    while day < back + _LONGEST_DISTANCE:
        for unit in (post, "gtip"):
            nine = clock_of(unit).nine(clock_of(unit).today(day))
            found |= {nine, nine + timedelta(hours=9)}
        day += timedelta(days=1)
    return sorted(found)


def _notices() -> list[Notice]:
    with Store.read(settings().ledger_url) as store:
        return store.notices.of_cycle(2010)


def _judged(post: str, notices: list[Notice], played: World) -> Outcome:
    faults = [f"{one.key} is still {one.state}" for one in notices if one.state not in ("sent", "superseded")]
    faults += [f"{key} went {times} times" for key, times in played.kept().items() if times > 1]
    by_position: dict[str, list[Notice]] = defaultdict(list)
    for notice in sorted(notices, key=lambda one: one.days):
        by_position[notice.position].append(notice)
    for position, ladder in by_position.items():
        went = [(one.decided_at, one.days) for one in ladder if one.state == "sent"]
        faults += [f"{position}: rungs went out of order"] if went != sorted(went, key=lambda one: str(one[0])) else []
        for one in ladder:
            newer = [other for other in ladder if other.state == "sent" and one.reason.endswith(other.key)]
            if one.state == "superseded" and not any(other.days > one.days for other in newer):
                faults.append(f"{one.key} was skipped: {one.reason}")
    faults += _above_first(notices)
    forced = _out_of_hours(played)
    faults += [f"{key} went outside working hours and does not say so" for key, said in forced.items() if not said]
    states = Counter(one.state for one in notices)
    return Outcome(states["sent"], states["superseded"], len(forced), tuple(faults))


def _above_first(notices: list[Notice]) -> Iterator[str]:
    """The post hears first, and the rungs above keep the ladder's distance from the day on which it really did."""
    went = [(one, one.decided_at) for one in notices if one.state == "sent" and one.decided_at]
    for above, at in went:
        below = [(one, moment) for one, moment in went if one.level == 0 and one.days <= above.days]
        if above.level == 0 or not below:
            continue
        last, told_at = max(below, key=lambda pair: (pair[0].days, -pair[1].timestamp()))
        here, there = clock_of(above.position.split(".")[0]), clock_of(last.position.split(".")[0])
        late = max(there.today(told_at) - there.today(last.due_at), timedelta(0))
        if at <= told_at or at < here.nine(here.worked(here.today(above.due_at) + late, 1)):
            yield f"{above.key} went above at {at}, and the post was told at {told_at}"


def _out_of_hours(played: World) -> dict[str, bool]:
    """Every digest that went while its recipient was out, and whether its text says so."""
    rows = played.rows("SELECT key, position, accepted_at, body FROM messages WHERE n > 0 AND state = 'accepted'")
    return {
        key: "outside working hours" in body
        for key, position, accepted_at, body in rows
        if not clock_of(position.split(".")[0]).is_in(datetime.fromisoformat(accepted_at))
    }
