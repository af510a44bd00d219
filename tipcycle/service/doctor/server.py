"""Does the Prefect server answer, and is it the version of this program?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.errors import TipcycleError
from tipcycle.service.doctor import whereabouts
from tipcycle.service.doctor.seen import Seen, fault, ok
from tipcycle.service.versions import installed


def look(at: datetime) -> Iterator[Seen]:
    """One line."""
    api, serving = whereabouts.api(), whereabouts.serving()
    try:
        found, ours = api.get("/admin/version"), installed("prefect")
    except TipcycleError as error:
        if serving:
            remedy = (
                f"look into var/prefect/server.log; tipcycle serve (process {serving.pid}) starts it again by itself"
            )
        else:
            remedy = "start tipcycle serve; if the server is elsewhere, set PREFECT_API_URL"
        yield fault(str(error), remedy)
        return
    by = f", served by process {serving.pid}" if serving else ""
    if found != ours:
        yield fault(f"{api.url} is Prefect {found}, here is {ours}", "install the same version on every machine")
    else:
        yield ok(f"{api.url}, Prefect {found}{by}")
