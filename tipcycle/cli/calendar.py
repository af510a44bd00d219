"""When everything is due, and who is told when: the plan, from config alone."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, and perhaps one post."""
    add_year(parser)
    parser.add_argument("--post", metavar="NAME", help="only what this post owes")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """An entry a step, post and country."""
    from tipcycle.operations.read_calendar import read_calendar

    entries = read_calendar(parsed.report_year, post=parsed.post)
    if parsed.json:
        print_json(entries)
        return 0
    print(f"{'due (local)':<27}{'step':<23}{'post':<18}{'country':<9}{'statutory':<12}notices")
    for entry in entries:
        off = "" if entry["working_day"] else f"  (no working day; last one {entry['last_working_day']})"
        print(
            f"{entry['due_local']:<27}{entry['step']:<23}{entry['post'] or '':<18}{entry['country'] or '':<9}"
            f"{entry['statutory_on'] or '':<12}{len(entry['notices'])}{off}"
        )
    return 0
