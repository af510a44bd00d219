"""What may a country be asked in the next cycle? A draft of its plan, in the format of config/, for an officer to edit.

The unmet recommendations stand in it, each with the year in which it is asked and what was last said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from tipcycle.model.placement import Listed
from tipcycle.model.plan import ActionPlan, Recommendation, year_asked
from tipcycle.rollover.carried_on import CarriedOn

_WIDTH = 100


def draft_plan(entry: Listed, plan: ActionPlan | None, carried: Sequence[CarriedOn], *, next_year: int) -> str:
    """The YAML file of one country on the next list; without anything carried on it has no recommendation yet."""
    unmet = {one.id: one for one in carried}
    head: dict[str, Any] = {
        "country": entry.iso3,
        "report_year": next_year,
        "example": plan.example if plan else False,
        "source": f"draft from the roll-over of cycle {next_year - 1}; to be edited by an officer",
    }
    # A country that moved up gets an update request, and that has no high-priority items.
    urgent = entry.group == "tier_2_watch_list"
    items = [item for item in plan.recommendations if item.id in unmet] if plan else []
    parts = [_opening(entry, bool(items), next_year=next_year), _yaml(head)]
    if not items:
        return "".join([*parts, "recommendations: []\n"])
    parts.append("recommendations:\n")
    for item in items:
        parts.append(f"  # {_mark(unmet[item.id])}\n")
        parts.append(_indented(_yaml([_as_written(item, unmet[item.id], urgent=urgent)])))
    return "".join(parts)


def _opening(entry: Listed, any_carried: bool, *, next_year: int) -> str:
    lines = [f"Draft plan of {entry.iso3} for cycle {next_year}: {entry.because}."]
    if any_carried:
        lines.append("It holds what was asked and not met; strike out, reword, renumber, and add what is new.")
    else:
        lines.append("Nothing is carried on: write what is asked, and against which shortcoming.")
    lines.append(f"Lay the finished plans into config/cycles/{next_year}/plans, all of them at once (decision 0016).")
    return "".join(f"# {line}\n" for line in lines)


def _mark(carried: CarriedOn) -> str:
    said = f"last status: {carried.status}"
    if carried.source:
        said += f" ({carried.source} of {carried.reported_on})"
    return f"{year_asked(carried.year_asked)}; {said}"


def _as_written(item: Recommendation, carried: CarriedOn, *, urgent: bool) -> dict[str, Any]:
    written: dict[str, Any] = {"id": item.id}
    if item.high_priority and urgent:
        written["high_priority"] = True
    written |= {"first_asked": carried.first_asked, "pillar": item.pillar, "text": item.text, "answers": item.answers}
    return written | ({"note": item.note} if item.note else {})


def _yaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
