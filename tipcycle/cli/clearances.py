"""How each document stands with those who clear it."""

from __future__ import annotations

import argparse
from typing import Any

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle."""
    add_year(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line a document, with whose turn it is since when, and what was commented."""
    from tipcycle.operations.read_clearances import read_clearances

    found = read_clearances(parsed.report_year)
    if parsed.json:
        print_json(found)
        return 0
    for one in found["documents"]:
        _print(one)
    for one in found["assessments"]:
        released = "".join(f"; version {out['version']} released {out['released_at']}" for out in one["released"])
        held = f"; held until {one['held_until']}" if one["held_until"] and not one["released"] else ""
        print(f"{one['document']}: {one['cleared']} of {one['documents']} documents stand cleared{held}{released}")
    if not found["documents"]:
        print("nothing is to be cleared")
    return 0


def _print(one: dict[str, Any]) -> None:
    print(f"{one['kind']} {one['country'] or ''}".strip() + f": {one['standing']}: {one['because']}")
    for turn in one["waits_for"]:
        since = f", asked {turn['since']}" if turn["since"] else ", not told yet" if turn["asked"] else ""
        print(f"  waits for {turn['position']}{since}")
    for said in one["comments"]:
        if _as_told(said) in one["because"]:
            continue  # the first line says it already
        acting = f" (acting: {said['acting']})" if said["acting"] else ""
        text = "" if said["present_text"] else ", on an earlier text"
        print(f"  {said['decision']} by {said['position']}{acting} on {said['decided_at']}{text}: {said['note']}")


def _as_told(said: dict[str, Any]) -> str:
    """A comment in the words in which the standing of a document tells it."""
    acting = f" (acting: {said['acting']})" if said["acting"] else ""
    by = f"by {said['position']} on {said['decided_at'][:10]}{acting}"
    if said["decision"] == "commented":
        return f"cleared {by} with comments: {said['note']}"
    return f"{said['decision']} {by}: {said['note']}"
