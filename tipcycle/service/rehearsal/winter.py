"""The play from the instructions for the full assessment to the interim assessment, cleared and released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tipcycle.model.cycle import CycleConfig
from tipcycle.operations.record_step import record_step
from tipcycle.service.rehearsal.programme import Act, ByHand


def winter(config: CycleConfig) -> Iterator[Act | ByHand]:
    """The acts."""
    from flows.assemble_interim_assessment import assemble_interim_assessment

    year, step = config.report_year, config.calendar.step
    yield Act(step("interim-draft").planned_on, assemble_interim_assessment, (year,))
    for step_id, late_by in (("reporting-instructions", 0), ("interim-clearance", 3), ("interim-release", 0)):

        def record(at: datetime, step_id: str = step_id) -> None:
            record_step(year, step=step_id, actor="gtip.director", note="recorded by hand in a rehearsal", at=at)

        yield ByHand(step(step_id).planned_on + timedelta(days=late_by), record)
