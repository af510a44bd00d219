"""Where the cycle stands."""

from __future__ import annotations

import argparse
from typing import Any

from tipcycle.cli.options import add_json, add_year, print_json
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle."""
    add_year(parser, required=False)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """A table of steps, then what is unknown or was refused, and the addresses that were."""
    from tipcycle.operations.read_status import read_status

    status = read_status(parsed.report_year)
    if parsed.json:
        print_json(status)
    elif status["report_year"] is None:
        print("no cycle is open; run: tipcycle open-cycle --report-year YEAR")
    else:
        _print(status)
    return 0


def _print(status: dict[str, Any]) -> None:
    since = f"as of the tick at {status['last_tick_at']}" if status["last_tick_at"] else "no tick yet"
    print(f"cycle {status['report_year']}, {since}")
    listed = counted_of(status["special_watch_list"], "country", "countries")
    territories = counted_of(status["territories"], "territory", "territories")
    print(f"special watch list: {listed}, {territories}")
    limit = status["two_year_limit"]
    must = counted_of(len(limit["must_be_tier_3"]), "country", "countries")
    print(
        f"two-year limit in the {limit['report_year']} Report: {must} must go to Tier 3 unless waived or moved up, "
        f"{len(limit['would_reach_it_next'])} would reach it for the next\n"
    )
    columns = ("step", "statutory_on", "planned_on", "actual_at")
    counts = ("required", "received", "nil", "waived", "missing", "late")
    print(f"{'step':<23}{'statutory':<12}{'planned':<12}{'actual':<22}" + "".join(f"{c:>9}" for c in counts))
    for step in status["steps"]:
        dates = [step[column] or "" for column in columns]
        told = "".join(f"{step[count]:>9}" for count in counts)
        print(f"{dates[0]:<23}{dates[1]:<12}{dates[2]:<12}{dates[3]:<22}{told}")
    print("\nnotices: " + ", ".join(f"{count} {name}" for name, count in status["notices"].items()))
    for name, told in (
        ("chapters_to_clear_again", "to be cleared again"),
        ("supplements", "came after the release"),
    ):
        if status[name]:
            print(f"{counted_of(len(status[name]), 'chapter', 'chapters')} {told}: {', '.join(status[name])}")
    _print_held(status["held"])
    if status["list_to_correct"]:
        print(f"alarm: {status['list_to_correct']}")
    for one in status["alarms"]:
        what = f"{one['post']} {one['step']} {one['country'] or ''} {one['rung']:+d}".replace("  ", " ")
        print(f"alarm: {what}: {'told ' + one['told'] if one['told'] else 'nobody can be told'}")
    for state in ("unknown", "refused"):
        for one in status[f"{state}_messages"]:
            print(f"{state}: {one['message']}: {one['reason']}")
    for one in status["wrong_offices"]:
        note = f" ({one['note']})" if one["note"] else ""
        print(f"wrong office: {one['obligation']}: {one['position']} said so on {one['said_at']}{note}")
        print(f"  once seen to: tipcycle settle {one['answer']} --as seen-to --by gtip.action-officer")
    for one in status["extensions_asked"]:
        note = f" ({one['note']})" if one["note"] else ""
        print(f"extension asked: {one['obligation']} to {one['to']}, by {one['position']}{note}")
        print(f"  to grant it: {one['command']}")
        print(f"  not granted: tipcycle settle {one['answer']} --as seen-to --by gtip.director")
    for one in status["refused_addresses"]:
        print(f"refused address: {one['address']} ({one['channel']}) since {one['refused_at']}: {one['reason']}")


def _print_held(held: dict[str, Any]) -> None:
    for line in held["statutory"]:
        print(f"alarm: {line}")
    for one in held["holds"]:
        print(f"hold {one['number']}: {one['whom']} until {one['until_on']}, by {one['approver']}: {one['reason']}")
    if held["notices"] or held["messages"]:
        told = counted_of(held["positions"], "position")
        notices = counted_of(held["notices"], "notice")
        print(f"held back: {notices} to {told}, {counted_of(held['messages'], 'sealed message', 'sealed messages')}")
