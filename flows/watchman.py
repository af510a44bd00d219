"""Compare what had to happen by now with what the ledger says; daily, and a sign of life either way."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.choices import At, CycleYear
from flows.form import form
from flows.run import ended, moment
from tasks.watchman import compare_with_ledger, leave_sign_of_life, show_watch


@flow(name="watchman", validate_parameters=False)
@form
async def watchman(report_year: CycleYear, at: At = None) -> State[None]:
    """Name everything that was promised and not done, and everything done that nothing promised.

    Args:
        report_year: The Report that the cycle leads to, such as 2010.
    """
    at = moment(at)
    seen = await compare_with_ledger(report_year, at)
    await show_watch(seen)
    unheard = await leave_sign_of_life(seen)
    problems = [f"{one.kind}: {one.line}" for one in seen.watch.differences]
    return await ended(seen.watch.line, at=at, problems=problems, details=[unheard] if unheard else ())
