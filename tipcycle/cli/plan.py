"""Check an action plan before it is used."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` and the file."""
    parser.add_argument("action", choices=("check",), help="judge a plan file, and draw what it gives")
    parser.add_argument("file", type=Path, help="a plan, such as config/cycles/2010/plans/AZE.yaml")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 with every fault: file, place, value, remedy; warnings alone exit 0."""
    from tipcycle.operations.check_plan import check_plan

    checked = check_plan(parsed.file)
    plan = checked.plan
    if parsed.json:
        print_json(
            {
                "file": str(parsed.file),
                "country": plan.country if plan else None,
                "report_year": plan.report_year if plan else None,
                "high_priority": len(plan.high_priority) if plan else None,
                "further": len(plan.recommendations) - len(plan.high_priority) if plan else None,
                "faults": list(checked.faults),
                "warnings": list(checked.warnings),
            }
        )
        return 1 if checked.faults else 0
    for fault in checked.faults:
        print(fault)
    for warning in checked.warnings:
        print(f"warning: {warning}")
    if plan and not checked.faults:
        further = len(plan.recommendations) - len(plan.high_priority)
        print(f"{parsed.file}: sound, {len(plan.high_priority)} high-priority and {further} further items")
    return 1 if checked.faults else 0
