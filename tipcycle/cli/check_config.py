"""Check everything under config/."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One cycle, or every one that has a calendar."""
    add_year(parser, required=False)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 with every fault: file, place, value, remedy."""
    from tipcycle.config.load import known_cycles, load_config
    from tipcycle.errors import ConfigError
    from tipcycle.settings import settings

    folder = settings().config_dir
    years = [parsed.report_year] if parsed.report_year else known_cycles(folder)
    faults: dict[str, None] = {}
    for year in years:
        try:
            load_config(folder, year)
        except ConfigError as error:
            faults |= {str(fault): None for fault in error.faults}
    if parsed.json:
        print_json({"cycles": list(years), "faults": list(faults)})
    else:
        for fault in faults:
            print(fault)
        print(f"{len(faults)} faults" if faults else f"config is sound for cycle {', '.join(map(str, years))}")
    return 1 if faults else 0
