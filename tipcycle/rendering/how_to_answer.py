"""In which form does a post answer? The form itself, its head filled in, for each obligation that a mail tells of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.message import Attachment
from tipcycle.model.obligation import Obligation
from tipcycle.rendering.templates import render
from tipcycle.rules.standards_in_force import asked_standards


def how_to_answer(obligations: Iterable[Obligation], *, config: CycleConfig, templates: Path) -> Attachment:
    """`how-to-answer.txt`: a post cannot open our documentation, and holds no program of ours."""
    forms = [
        {
            "obligation": one,
            "country": config.countries[one.country or ""].name,
            "post": config.posts[one.post or ""].name,
        }
        for one in obligations
        if one.post
    ]
    text = render(
        templates,
        "how_to_answer.txt.j2",
        forms=forms,
        report_year=config.report_year,
        period=config.calendar.reporting_period,
        standards=list(asked_standards(config.law, report_year=config.report_year)),
    )
    return Attachment("how-to-answer.txt", "text/plain", text)
