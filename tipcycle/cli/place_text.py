"""How is one country's tier told on the command line? Recommendations, law, splits and placements in turn."""

from __future__ import annotations

import textwrap
from typing import Any


def print_country(one: dict[str, Any]) -> None:
    """One country as `read_country` gives it."""
    print(f"{one['country']} ({one['iso3']}), {one['report_year']} Report; before: {one['before'] or 'not ranked'}")
    print(f"{one['because']}" if one["asked"] else "nothing was asked of it in this cycle")
    print("\nRecommendations")
    for said in one["recommendations"]:
        by = f"{said['acting']} for {said['position']}" if said["acting"] else said["position"]
        _print_item(f"{said['side']}: {said['tier']}, by {by} on {said['recorded_at'][:10]}", said)
    print("\nWhat the law says")
    for finding in one["findings"]:
        _wrapped(f"{finding['rule']}: {finding['because']} [{finding['source']}]")
    for tier, finding in one["if_placed"].items():
        _wrapped(f"if {tier}: {finding['because']}")
    print("\nSplits")
    for level in one["levels"]:
        decided = (
            f"{level['outcome']} by {level['decided_by']} on {level['decided_at'][:10]}" if level["outcome"] else ""
        )
        tier = f" with {level['tier']}" if level["tier"] else ""
        told = f"{level['number']}. {level['level']}, {level['holder']}, since {level['opened_at'][:10]}"
        _wrapped(f"{told}: {decided + tier or 'open'}{': ' + level['note'] if level['note'] else ''}")
    print("\nPlacements")
    reopened = {other["number"]: other for other in one["reopened"]}
    for placed in one["placements"]:
        by = f"{placed['acting']} for {placed['decided_by']}" if placed["acting"] else placed["decided_by"]
        _print_item(f"{placed['number']}. {placed['tier']}, by {by} on {placed['decided_at'][:10]}", placed)
        if placed["explanation"]:
            _wrapped(f"explanation: {placed['explanation']}")
        for element, evidence in placed["waiver"].items():
            _wrapped(f"waiver, {element}: {evidence}")
        if placed["number"] in reopened:
            _wrapped(f"opened again: {reopened[placed['number']]['reason']}")


def _print_item(head: str, item: dict[str, Any]) -> None:
    standards = f" (standards {', '.join(item['standards'])})" if item["standards"] else ""
    _wrapped(f"{head}: {item['rationale']}{standards}")


def _wrapped(text: str) -> None:
    print(textwrap.fill(text, 100, initial_indent="  - ", subsequent_indent="    "))
