"""Record a step that the Department did."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which step, by whom."""
    add_year(parser)
    parser.add_argument("step", help="such as reporting-instructions")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who says so, such as gtip.director")
    parser.add_argument("--note", default="", help="kept with the act")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps."""
    from tipcycle.operations.record_step import record_step

    print(record_step(parsed.report_year, step=parsed.step, actor=parsed.by, note=parsed.note, at=parsed.at or now()))
    return 0
