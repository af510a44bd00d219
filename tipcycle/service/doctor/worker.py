"""Is a worker alive that takes our runs? Its last heartbeat says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tipcycle.errors import TipcycleError
from tipcycle.service.doctor import whereabouts
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.worker import POOL

_SILENT_SECONDS = 90  # a worker tells of itself every 30 s


def look(at: datetime) -> Iterator[Seen]:
    """One line on all workers of the pool: what was heard of the last one."""
    try:
        api = whereabouts.api()
        beats = heartbeats(api)
        paused = api.get(f"/work_pools/{POOL}")["is_paused"]
    except TipcycleError as error:
        yield warning(f"not looked at: {error}", "mend the server first")
        return
    alive = alive_at(at, beats)
    silent = (at - max(beats)).total_seconds() if beats else None
    if paused:
        yield fault(f'the work pool "{POOL}" is paused, so nothing runs', "resume it in the UI under Work Pools")
    elif silent is None:
        yield fault(f'no worker was ever seen on the pool "{POOL}"', "start tipcycle serve; look into worker.log")
    elif not alive:
        remedy = "look into var/prefect/worker.log; tipcycle serve starts a worker that ended again"
        yield fault(f"the last worker was heard of {silent:.0f} s ago", remedy)
    else:
        yield ok(f"{alive} alive, heard of {max(silent, 0):.0f} s ago")


def heartbeats(api: PrefectApi) -> list[datetime]:
    """When each worker of the pool was heard of last; of one that ended too."""
    workers = api.every(f"/work_pools/{POOL}/workers/filter", {})
    return [datetime.fromisoformat(one["last_heartbeat_time"]) for one in workers if one["last_heartbeat_time"]]


def alive_at(at: datetime, beats: Iterable[datetime]) -> int:
    """How many of them are alive."""
    return sum((at - beat).total_seconds() <= _SILENT_SECONDS for beat in beats)
