"""End the runs that nobody executes any more; hourly, and whatever waits for a person is left alone."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.stuck_runs import end_stuck_run, find_stuck_runs
from tipcycle.model.counted import counted_of


@flow(name="sweep-stuck-runs", validate_parameters=False)
@form
async def sweep_stuck_runs(at: At = None) -> State[None]:
    """Crash what a dead worker took or executed, cancel what is late by more than a day.

    Args:
    """
    at = moment(at)
    stuck = await find_stuck_runs(at)
    told = [await end_stuck_run(one) for one in stuck]
    return await ended(f"{counted_of(len(stuck), 'run was', 'runs were')} stuck", at=at, details=told)
