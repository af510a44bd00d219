"""The tick: what is owed now? Runs hourly; late, twice or not for weeks, the outcome is the same."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At
from flows.form import form
from flows.run import ended, moment
from tasks.cycle import show_board
from tasks.messages import MOST_ROUNDS, deliver_batch, plan_messages, step_due_moments
from tipcycle.model.counted import counted_of


@flow(name="remind-and-escalate", validate_parameters=False)
@form
async def remind_and_escalate(report_year: int, at: At = None) -> State[None]:
    """Send what is owed, and what a refusal passes on to somebody else.

    Args:
        report_year: The Report whose board is shown, such as 2010. What is owed is sent for every open cycle.
    """
    at = moment(at)
    reports = [stepped.delivery for stepped in await step_due_moments(at)]
    lost: list[str] = []
    for _ in range(MOST_ROUNDS):
        plan = await plan_messages(at)
        lost += plan.lost_releases
        if not plan.batches:
            break
        for batch in plan.batches:
            reports.append(await deliver_batch(batch, plan.at))
            if reports[-1].left:  # planned anew: what the law sets a date for comes first again
                break
    remark = await show_board(report_year)
    sent = sum(report.outcomes["accepted"] for report in reports)
    problems = [problem for report in reports for problem in report.problems]
    problems += [f"{key}: nobody up to the director has a valid address" for key in plan.unreachable]
    problems += [*plan.wrong_offices, *plan.held_back, *lost]
    line = counted_of(sent, "message") if sent else remark or "0 messages"
    return await ended(line, at=plan.at, problems=problems)
