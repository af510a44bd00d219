"""Extend, shorten or put back a deadline; without --yes it only shows what would change."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, day, ended, now

_CLASSES = ("post asked", "host government", "emergency", "Department", "correction")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, to when, why and by whom."""
    add_year(parser)
    parser.add_argument("--step", required=True, help="such as progress-report")
    parser.add_argument("--country", metavar="ISO3", help="such as SEN; leave it out for a step of the Department")
    new_day = parser.add_mutually_exclusive_group(required=True)
    new_day.add_argument("--to", type=day, metavar="DATE", help="the new day, such as 2009-11-27")
    new_day.add_argument("--withdraw", action="store_true", help="put back the first planned day")
    parser.add_argument(
        "--class", dest="reason_class", choices=_CLASSES, default="post asked", help="the kind of reason"
    )
    parser.add_argument("--reason", required=True, help="why, in words that the post will read")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who approves, such as gtip.director")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints old and new date and what becomes of each notice."""
    from tipcycle.operations.change_deadline import change_deadline

    change = change_deadline(
        parsed.report_year,
        step=parsed.step,
        country=parsed.country,
        planned_on=parsed.to,
        reason_class=parsed.reason_class,
        reason=parsed.reason,
        approver=parsed.by,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    print("\n".join(change.lines))
    return ended(parsed, "done" if change.done else "", change.to_sign)
