"""Does every schedule that falls due have a run? A scheduler that fails says so nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.errors import TipcycleError
from tipcycle.service.doctor import whereabouts
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.service.schedules import due_schedules, without_run

_SHOWN = 5


def look(at: datetime) -> Iterator[Seen]:
    """Schedules out of season, due in more than 100 days, have none yet and are not counted."""
    try:
        api = whereabouts.api()
        due = due_schedules(api, at)
        bare = without_run(api, due, at)
    except TipcycleError as error:
        yield warning(f"not looked at: {error}", "mend the server first")
        return
    if not due:
        yield fault("no schedule falls due in 100 days", "start tipcycle serve: it deploys deployment.yaml")
    elif bare:
        listed = ", ".join(map(str, bare[:_SHOWN])) + ("" if len(bare) <= _SHOWN else f" and {len(bare) - _SHOWN} more")
        remedy = "if it stands so for a minute, the scheduler does not work: see versions and var/prefect/server.log"
        yield fault(f"{len(bare)} of {len(due)} schedules have no run: {listed}", remedy)
    else:
        yield ok(
            f"all {len(due)} that fall due in 100 days have runs; the next is {min(one.next_at for one in due):%H:%MZ}"
        )
