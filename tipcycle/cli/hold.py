"""Stop sending to a post, a bureau or everybody; without --yes it only shows what would wait."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime

from tipcycle.cli.options import add_at, add_json, add_year, day, now, print_json
from tipcycle.errors import StoreError
from tipcycle.model.hold import HoldScope


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, until when, why and by whom; or the list; or the number of a hold to lift."""
    add_year(parser, required=False)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--post", metavar="NAME", help="a post by name or id: all its positions")
    what.add_argument("--bureau", metavar="LETTERS", help="such as EUR: the bureau's own positions and all its posts")
    what.add_argument("--all", action="store_true", help="everybody")
    what.add_argument("--list", action="store_true", help="show every hold of the cycle")
    what.add_argument("--lift", type=int, metavar="NUMBER", help="end this hold now")
    parser.add_argument("--until", type=day, metavar="DATE", help="the last day of the hold, in Washington")
    parser.add_argument("--reason", default="", help="why; shown wherever something waits")
    parser.add_argument("--by", default="", metavar="POSITION", help="who approves, such as gtip.director")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps, or what would wait; --json is for the list."""
    from tipcycle.operations.hold import hold, lift_hold

    at = parsed.at or now()
    if parsed.lift is not None:
        print(lift_hold(parsed.lift, reason=parsed.reason, by=parsed.by, at=at))
        return 0
    if parsed.report_year is None:
        raise StoreError("say which cycle: --report-year 2010")
    if parsed.list:
        return _list(parsed.report_year, at, as_json=parsed.json)
    if parsed.until is None:
        raise StoreError("a hold has a last day: --until 2009-11-27")
    scope: HoldScope = "post" if parsed.post else "bureau" if parsed.bureau else "all"
    name, until_on = parsed.post or parsed.bureau or "", parsed.until
    if not parsed.yes:
        return _preview(parsed, scope, name, until_on, at)
    print(
        hold(
            parsed.report_year,
            scope=scope,
            name=name,
            until_on=until_on,
            reason=parsed.reason,
            approver=parsed.by,
            at=at,
        )
    )
    return 0


def _preview(parsed: argparse.Namespace, scope: HoldScope, name: str, until_on: date, at: datetime) -> int:
    from tipcycle.operations.preview_hold import preview_hold

    lines = preview_hold(
        parsed.report_year,
        scope=scope,
        name=name,
        until_on=until_on,
        reason=parsed.reason,
        approver=parsed.by,
        at=at,
        tell=lambda line: print(line, file=sys.stderr),
    )
    print("\n".join(lines))
    print("preview only; add --yes to do it")
    return 0


def _list(report_year: int, at: datetime, *, as_json: bool) -> int:
    from tipcycle.operations.read_holds import read_holds

    holds = read_holds(report_year, at)
    if as_json:
        print_json(holds)
        return 0
    for one in holds:
        state = "lifted by " + one["lifted_by"] if one["lifted_at"] else "in force" if one["in_force"] else "over"
        since = f"since {one['since']} until the end of {one['until_on']}"
        print(f"{one['number']:3d} {one['whom']}: {state}; {since}, by {one['approver']}: {one['reason']}")
    if not holds:
        print(f"cycle {report_year}: no holds")
    return 0
