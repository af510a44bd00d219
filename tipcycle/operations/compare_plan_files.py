"""What do two plan files ask differently? Neither needs to lie under config/."""

from __future__ import annotations

from pathlib import Path

from tipcycle.config.plans import read_plan
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.plan import ActionPlan
from tipcycle.requests.plan_diff import PlanDiff, compare_plans
from tipcycle.settings import settings


def compare_plan_files(before: Path, after: Path) -> PlanDiff:
    """The difference; raises `ConfigError` with every fault of both files, or if they are of different countries."""
    faults: list[Fault] = []
    plans = [read_plan(path, settings().config_dir, faults, file=str(path)) for path in (before, after)]
    old, new = plans
    if faults or old is None or new is None:
        raise ConfigError(faults)
    _require_one_country(old, new, after)
    return compare_plans(old, new)


def _require_one_country(old: ActionPlan, new: ActionPlan, after: Path) -> None:
    if old.country != new.country:
        remedy = f"the other plan is of {old.country}; compare two plans of one country"
        raise ConfigError([Fault(str(after), "country", new.country, remedy)])
