"""Is an action plan fit to be used? A file is judged, and the cable and papers it gives are drawn: nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tipcycle.config.check import plan_fits
from tipcycle.config.plans import read_plan
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.plan import ActionPlan
from tipcycle.operations.context import Context, context
from tipcycle.operations.lint_request import lint_request
from tipcycle.operations.request_content import listed_entry, planned_request
from tipcycle.rendering.products import draw_all
from tipcycle.settings import settings


@dataclass(frozen=True)
class PlanChecked:
    """`faults` refuse the plan, `warnings` say what to look at; `plan` is None where it could not be read."""

    plan: ActionPlan | None
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def check_plan(path: Path) -> PlanChecked:
    """Judge one file; raises `ConfigError` if the config that it leans on has a fault elsewhere."""
    faults: list[Fault] = []
    plan = read_plan(path, settings().config_dir, faults, file=str(path))
    if plan is None or faults:
        return PlanChecked(plan, tuple(map(str, faults)), ())
    cycle = _with_plan(context(plan.report_year), plan)
    try:
        entry = listed_entry(cycle, plan.country)
    except ConfigError as error:
        return PlanChecked(plan, tuple(map(str, error.faults)), ())
    unfit = tuple(str(fault) for fault in plan_fits(entry, plan, file=str(path)))
    if unfit:
        return PlanChecked(plan, unfit, ())
    request = planned_request(cycle, plan.country)
    drawn = draw_all(request, templates=cycle.templates)
    cable = next(one.content.decode("utf-8") for one in drawn if one.product == "cable")
    linted = lint_request(cable, cycle, on=request.about.dated)
    warnings = dict.fromkeys((*(warning for one in drawn for warning in one.warnings), *linted.warnings))
    return PlanChecked(plan, tuple(f"{path}: its cable: {one}" for one in linted.errors), tuple(warnings))


def _with_plan(cycle: Context, plan: ActionPlan) -> Context:
    plans = dict(cycle.config.plans) | {plan.country: plan}
    return replace(cycle, config=replace(cycle.config, plans=plans))
