"""Write everything of a cycle as open files."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, add_year, now, print_json
from tipcycle.errors import StoreError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, and the folder; or everything."""
    add_year(parser, required=False)
    parser.add_argument(
        "--whole", action="store_true", help="a backup of every cycle and all files, for tipcycle restore; keep it safe"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="a folder that is empty or not there yet"
    )
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """The rows of each table and the number of files; with --json the manifest."""
    if parsed.whole:
        return _back_up(parsed)
    if parsed.report_year is None:
        raise StoreError("name the cycle with --report-year, or export everything with --whole")
    from tipcycle.operations.export_cycle import export_cycle

    manifest = export_cycle(parsed.report_year, parsed.out)
    if parsed.json:
        print_json(manifest)
        return 0
    for table, rows in manifest["rows"].items():
        print(f"{table:<24}{rows:>8}")
    size = sum(one["bytes"] for one in manifest["files"].values())
    print(f"{len(manifest['files'])} files, {size / 1e6:.1f} MB: {parsed.out} (README.txt says what is what)")
    return 0


def _back_up(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.back_up import back_up

    manifest = back_up(parsed.out, now())
    if parsed.json:
        print_json(manifest)
    else:
        print(f"{sum(manifest['rows'].values())} rows, {len(manifest['files'])} files: {parsed.out}")
    return 0
