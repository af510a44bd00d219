"""Say what two action plans ask differently."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tipcycle.cli.options import add_json, print_json

if TYPE_CHECKING:
    from tipcycle.requests.plan_diff import PlanDiff


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files."""
    parser.add_argument("before", type=Path, metavar="A", help="a plan")
    parser.add_argument("after", type=Path, metavar="B", help="the plan it is compared with")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 whether they differ or not; a plan that cannot be read is refused."""
    from tipcycle.operations.compare_plan_files import compare_plan_files

    diff = compare_plan_files(parsed.before, parsed.after)
    if parsed.json:
        from dataclasses import asdict

        items = {name: [item.model_dump() for item in getattr(diff, name)] for name in ("added", "removed")}
        changes = {name: [asdict(change) for change in getattr(diff, name)] for name in ("changed", "moved")}
        print_json({"equal": diff.equal, **items, **changes})
    else:
        _print(diff)
    return 0


def _print(diff: PlanDiff) -> None:
    if diff.equal:
        print("both plans ask the same")
    for name in ("added", "removed"):
        for item in getattr(diff, name):
            weight = "high-priority, " if item.high_priority else ""
            print(f"{name} {item.id} ({weight}{item.pillar}): {item.text}")
    for change in diff.changed:
        print(f"changed {change.id}, {change.field}:\n  - {change.before or '(none)'}\n  + {change.after or '(none)'}")
    for change in diff.moved:
        print(f"moved {change.id}, {change.field}: {change.before} to {change.after}")
