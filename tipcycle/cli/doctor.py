"""Say what is wrong and how to mend it."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_json, now, print_json
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the form of the answer."""
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line a check: ok, warning or fault, and the remedy. Exit 1 where a fault is."""
    from tipcycle.service.doctor.examine import examine

    seen = []
    for check, one in examine(now()):
        seen.append((check, one))
        if not parsed.json:
            print(f"{one.level:<8} {check:<12} {one.told}", flush=True)
            if one.remedy:
                print(f"{'':<8} {'':<12} -> {one.remedy}", flush=True)
    faults = sum(one.level == "fault" for _, one in seen)
    warnings = sum(one.level == "warning" for _, one in seen)
    if parsed.json:
        lines = [{"check": name, "level": one.level, "told": one.told, "remedy": one.remedy} for name, one in seen]
        print_json({"faults": faults, "warnings": warnings, "checks": lines})
    else:
        print(f"{counted_of(faults, 'fault', 'faults')}, {counted_of(warnings, 'warning', 'warnings')}")
    return 1 if faults else 0
