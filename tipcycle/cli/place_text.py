"""How is one country's tier told on the command line? Recommendations, law, splits and placements in turn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from tipcycle.model.placement import proposed, tier_name


def print_country(one: dict[str, Any]) -> None:
    """One country as `read_country` gives it."""
    before = tier_name(one["before"]) if one["before"] else "not ranked"
    print(f"{one['country']} ({one['iso3']}), {one['report_year']} Report; in the Report before: {before}")
    print(one["because"] if one["asked"] else "nothing was asked of it in this cycle")
    sections = {
        "Recommendations": (_recommendation(said) for said in one["recommendations"]),
        "What the law says": _law(one),
        "Splits": (_level(level) for level in one["levels"]),
        "Placements": _placements(one),
    }
    for title, lines in sections.items():
        print(f"\n{title}")
        for line in [*lines] or ["none"]:
            print(textwrap.fill(line, 100, initial_indent="  - ", subsequent_indent="    "))


def _recommendation(said: dict[str, Any]) -> str:
    by = _signed(said["position"], said["acting"])
    return f"{said['side']}: {proposed(said['tier'])}, by {by} on {said['recorded_at'][:10]}: {_reasons(said)}"


def _law(one: dict[str, Any]) -> Iterator[str]:
    for finding in one["findings"]:
        yield f"{finding['rule']}: {finding['because']} [{finding['source']}]"
    for tier, finding in one["if_placed"].items():
        yield f"if {tier_name(tier)}: {finding['because']}"


def _level(level: dict[str, Any]) -> str:
    told = f"{level['number']}. {level['level']}, {level['holder']}, since {level['opened_at'][:10]}"
    if not level["outcome"]:
        return f"{told}: open"
    tier = f" with {proposed(level['tier'])}" if level["tier"] else ""
    by = _signed(level["decided_by"], level["acting"])
    return f"{told}: {level['outcome']} by {by} on {level['decided_at'][:10]}{tier}: {level['note']}"


def _placements(one: dict[str, Any]) -> Iterator[str]:
    reopened = {other["number"]: other for other in one["reopened"]}
    for placed in one["placements"]:
        by = _signed(placed["decided_by"], placed["acting"])
        told = f"{placed['number']}. {tier_name(placed['tier'])}, by {by} on {placed['decided_at'][:10]}"
        yield f"{told}: {_reasons(placed)}"
        if placed["explanation"]:
            yield f"explanation: {placed['explanation']}"
        yield from (f"waiver, {element}: {evidence}" for element, evidence in placed["waiver"].items())
        if placed["number"] in reopened:
            yield f"opened again: {reopened[placed['number']]['reason']}"


def _signed(seat: str, acting: str) -> str:
    return f"{acting} for {seat}" if acting else seat


def _reasons(item: dict[str, Any]) -> str:
    standards = f" (standards {', '.join(item['standards'])})" if item["standards"] else ""
    return f"{item['rationale']}{standards}"
