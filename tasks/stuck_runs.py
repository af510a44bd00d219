"""Finding runs that nobody executes any more, and ending them; the only tasks that ask Prefect about its own runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from prefect import get_client, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Crashed

from tipcycle.watchman.stuck_runs import Run, Verdict, decide_sweep

_POOL = "tipcycle"
_PAGE = 200
_STATES = ["PENDING", "RUNNING", "SCHEDULED"]


@dataclass(frozen=True)
class Stuck:
    """A run to be ended, in the state it was found in."""

    run_id: UUID
    state_id: UUID
    name: str
    verdict: Verdict


@task(name="find-stuck-runs", cache_policy=NO_CACHE, timeout_seconds=300)
async def find_stuck_runs(at: datetime) -> list[Stuck]:
    """The runs of our work pool that are to be ended at `at`, oldest first."""
    me = runtime.flow_run.get_id()
    found = []
    async with get_client() as client:
        for run in await _runs(client):
            if run.work_pool_name != _POOL or run.state is None:
                continue
            seen = await _seen(client, run, run.state, is_sweeper=str(run.id) == me)
            verdict = decide_sweep(seen, at=at)
            if verdict.deed != "leave":
                found.append((seen.since, Stuck(run.id, run.state.id, run.name, verdict)))
    return [stuck for _, stuck in sorted(found, key=lambda one: one[0])]


@task(name="end-stuck-run", cache_policy=NO_CACHE, timeout_seconds=60)
async def end_stuck_run(stuck: Stuck) -> str:
    """End one run, unless it went on meanwhile; a line that says what was done.

    A lost tick or step is made again under a key that follows from the lost run: once, however often it is swept.
    """
    async with get_client() as client:
        run = await client.read_flow_run(stuck.run_id)
        if run.state is None or run.state.id != stuck.state_id:
            return f"{stuck.name}: went on by itself"
        end = Cancelled if stuck.verdict.deed == "cancel" else Crashed
        if stuck.verdict.deed == "crash and make again" and run.deployment_id:
            await client.create_flow_run_from_deployment(
                run.deployment_id,
                parameters=run.parameters,
                tags=run.tags,
                idempotency_key=f"swept:{stuck.run_id}",
            )
        await client.set_flow_run_state(stuck.run_id, end(message=f"Swept: {stuck.verdict.reason}."), force=True)
    return f"{stuck.name}: {_DONE[stuck.verdict.deed]}, {stuck.verdict.reason}"


_DONE = {"crash": "crashed", "crash and make again": "crashed and made again", "cancel": "cancelled"}


async def _runs(client: PrefectClient) -> list[FlowRun]:
    wanted = FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType[name] for name in _STATES]}}})
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(flow_run_filter=wanted, limit=_PAGE, offset=len(found)):
        found += page
    return found


async def _seen(client: PrefectClient, run: FlowRun, state: State[Any], *, is_sweeper: bool) -> Run:
    since = _utc(state.timestamp)
    signs = [since, *(_utc(one) for one in (run.updated,) if one)]
    if state.type == StateType.RUNNING:
        signs += await _heartbeats(client, run.id)
    return Run(
        name=run.name,
        state=state.type.value,
        state_name=state.name or "",
        since=since,
        last_sign_at=max(signs),
        expected_at=_utc(run.expected_start_time or state.timestamp),
        tags=frozenset(run.tags),
        scheduled=run.auto_scheduled,
        is_sweeper=is_sweeper,
    )


async def _heartbeats(client: PrefectClient, run_id: UUID) -> Iterable[datetime]:
    """The newest event about a run, heartbeats among them; none where the server keeps none."""
    wanted = {"resource": {"id": [f"prefect.flow-run.{run_id}"]}, "order": "DESC"}
    answer = await client.request("POST", "/events/filter", json={"filter": wanted, "limit": 1})
    events: list[dict[str, Any]] = answer.json()["events"] if answer.is_success else []
    return [_utc(datetime.fromisoformat(one["occurred"].replace("Z", "+00:00"))) for one in events]


def _utc(moment: datetime) -> datetime:
    """A plain moment: Prefect's own kind of datetime cannot be subtracted from one."""
    return datetime.fromtimestamp(moment.timestamp(), UTC)
