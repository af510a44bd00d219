"""Write everything of a cycle as open files."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, and the folder."""
    add_year(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="a folder that is empty or not there yet"
    )
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """The rows of each table and the number of files; with --json the manifest."""
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
