"""Extend or shorten a deadline; without --yes it only shows what would change."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, day, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, to when, why and by whom."""
    add_year(parser)
    parser.add_argument("--step", required=True, help="such as progress-report")
    parser.add_argument("--country", required=True, metavar="ISO3", help="such as SEN")
    parser.add_argument("--to", required=True, type=day, metavar="DATE", help="the new day, such as 2009-11-27")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--by", required=True, metavar="POSITION", help="who approves, such as gtip.director")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints old and new date and what becomes of the notices."""
    from tipcycle.operations.change_deadline import change_deadline

    change = change_deadline(
        parsed.report_year,
        step=parsed.step,
        country=parsed.country,
        planned_on=parsed.to,
        reason=parsed.reason,
        approver=parsed.by,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    print("\n".join(change.lines))
    print("done" if change.done else "preview only; add --yes to do it")
    return 0
