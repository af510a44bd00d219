"""Tell the action office that a flow failed or stopped running; started by the rules of config/automations.yaml."""

from __future__ import annotations

from prefect import flow as prefect_flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.alarm import deliver_alarm, seal_alarm


@prefect_flow(name="tell-coordinator", validate_parameters=False)
@form
async def tell_coordinator(flow: str, told: str, *, run: str = "", at: At = None) -> State[None]:
    """Send one mail a flow and day.

    Args:
        flow: Which flow it is about, such as remind-and-escalate.
        told: What its run said, or what was not seen.
        run: Where the run is looked at.
    """
    at = moment(at)
    alarm = await seal_alarm(flow, run=run, told=told, at=at)
    problems = (await deliver_alarm(alarm.key, at)).problems if alarm.key else []
    return await ended(alarm.line, at=at, problems=problems)
