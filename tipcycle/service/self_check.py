"""Does what was started do its work? Every schedule that is due has a run, and a tick runs to its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tipcycle.errors import TipcycleError
from tipcycle.model.keys import start_key
from tipcycle.service.prefect_api import NotThereError, PrefectApi
from tipcycle.service.schedules import due_schedules, without_run
from tipcycle.service.worker import POOL
from tipcycle.settings import settings

TICK, DESK = "remind-and-escalate", "show-desk"
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
# A run that was killed with its server gives its slot back when its lease runs out: 300 s.
_SLOT_SECONDS = 360
# What Prefect says when a flow never came to its own last words.
_BROKEN = ("Flow run encountered an exception", "Flow could not be retrieved")


def start_tick(api: PrefectApi) -> str:
    """Ask for one tick, which is owed anyway; the id of its run."""
    deployment = api.get(f"/deployments/name/{TICK}/{TICK}")
    body = {"state": {"type": "SCHEDULED"}, "tags": ["self-check"]}
    return str(api.post(f"/deployments/{deployment['id']}/create_flow_run", body)["id"])


def draw_start_page(api: PrefectApi) -> str:
    """Let the coordinator's pages be drawn now and not only with the hour; the address of the first."""
    deployment = api.get(f"/deployments/name/{DESK}/{DESK}")
    api.post(f"/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    return f"{settings().ui_url.rstrip('/')}/artifacts/key/{start_key(deployment['parameters']['report_year'])}"


def await_schedules(api: PrefectApi, now: datetime, *, within_seconds: float, still_running: Callable[[], None]) -> int:
    """Wait until each schedule due within 100 days has a run; how many there are. Raises naming those without one."""
    schedules = due_schedules(api, now)
    deadline = time.monotonic() + within_seconds
    while bare := without_run(api, schedules, now):
        still_running()
        if time.monotonic() > deadline:
            listed = "\n".join(f"  {one}" for one in bare)
            raise TipcycleError(
                f"no run was scheduled within {within_seconds:.0f} s for {len(bare)} of {len(schedules)} schedules:\n"
                f"{listed}\nPrefect's scheduler does not work: see server.log, and tipcycle doctor for wrong versions"
            )
        time.sleep(0.5)
    return len(schedules)


def await_worker(api: PrefectApi, name: str, *, within_seconds: float, still_running: Callable[[], None]) -> None:
    """Wait until the server heard of the worker of that name; a new server has no pool before it deployed."""
    deadline = time.monotonic() + within_seconds
    while name not in _workers_online(api):
        still_running()
        if time.monotonic() > deadline:
            raise TipcycleError(
                f"the server did not hear of the worker {name} within {within_seconds:.0f} s: see worker.log"
            )
        time.sleep(0.5)


def _workers_online(api: PrefectApi) -> set[str]:
    online = {"workers": {"status": {"any_": ["ONLINE"]}}}
    try:
        return {one["name"] for one in api.every(f"/work_pools/{POOL}/workers/filter", online)}
    except NotThereError:
        return set()


def await_tick(
    api: PrefectApi,
    run_id: str,
    *,
    within_seconds: float,
    still_running: Callable[[], None],
    say: Callable[[str], None],
) -> str:
    """Wait for the tick's end; its last words. Raises unless the flow came to them.

    A tick that failed because a receiver is down or an address wrong has run: that is told, and is no reason to stop.
    """
    deadline = time.monotonic() + within_seconds
    waits = False
    while (state := _state(api, run_id))["type"] not in _ENDED:
        still_running()
        if state["name"] == "AwaitingConcurrencySlot" and not waits:
            waits, deadline = True, time.monotonic() + max(within_seconds, _SLOT_SECONDS)
            say("another tick is under way, or was killed and holds its place for up to five minutes; waiting …")
        if time.monotonic() > deadline:
            raise TipcycleError(
                f"the tick did not end within {within_seconds:.0f} s (it stands as {state['name']}); "
                "no worker takes runs, or its flow hangs: see worker.log"
            )
        time.sleep(0.5)
    message = str(state.get("message") or state["name"])
    if state["type"] in ("CRASHED", "CANCELLED") or message.startswith(_BROKEN):
        raise TipcycleError(f"the tick broke off ({state['name']}): {message[:500]}; see worker.log")
    return message


def _state(api: PrefectApi, run_id: str) -> dict[str, Any]:
    state: dict[str, Any] = api.get(f"/flow_runs/{run_id}")["state"]
    return state
