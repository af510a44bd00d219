"""Check everything under config/."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_json, add_year, print_json
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One cycle, or every one that has a calendar."""
    add_year(parser, required=False)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 with every fault: file, place, value, remedy."""
    from tipcycle.operations.check_config import check_config

    checked = check_config(parsed.report_year)
    if parsed.json:
        print_json({"cycles": list(checked.cycles), "faults": list(checked.faults), "remarks": list(checked.remarks)})
        return 1 if checked.faults else 0
    for fault in checked.faults:
        print(fault)
    for remark in checked.remarks:
        print(f"remark: {remark}")
    cycles = ", ".join(map(str, checked.cycles))
    print(counted_of(len(checked.faults), "fault") if checked.faults else f"config is sound for cycle {cycles}")
    return 1 if checked.faults else 0
