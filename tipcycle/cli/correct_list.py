"""Bring the recorded special watch list up to the placements; without --yes it only shows what would change."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, who decides, and why."""
    add_year(parser)
    parser.add_argument("--by", required=True, metavar="POSITION", help="who decides, such as gtip.director")
    parser.add_argument("--reason", required=True, help="why, such as the memorandum behind the correction")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """What comes, what goes, what changes its group, and what becomes of what each owes."""
    from tipcycle.operations.correct_list import correct_list

    change = correct_list(
        parsed.report_year,
        position=parsed.by,
        reason=parsed.reason,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    print("\n".join(change.lines))
    if change.changed:
        print("done" if change.done else "preview only; add --yes to do it")
    return 0
