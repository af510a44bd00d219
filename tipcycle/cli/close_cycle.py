"""Show what changes from a cycle to the next, sign it and so close the cycle, or open a closed one again."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, who, and the hash that is signed."""
    add_year(parser)
    parser.add_argument("--by", required=True, metavar="POSITION", help="who asks or signs; gtip.director signs")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--sign", default="", metavar="HASH", help="close the cycle: the hash of the text you read")
    act.add_argument("--reopen", action="store_true", help="open a closed cycle again")
    parser.add_argument("--reason", default="", help="why it is opened again")
    add_json(parser)
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """The lines of the diff, where the whole lies, and its hash."""
    from tipcycle.operations.close_cycle import close_cycle, reopen_cycle

    at = parsed.at or now()
    if parsed.reopen:
        line = reopen_cycle(parsed.report_year, position=parsed.by, reason=parsed.reason, at=at)
        print_json({"report_year": parsed.report_year, "closed": False}) if parsed.json else print(line)
        return 0
    report = close_cycle(parsed.report_year, position=parsed.by, signed=parsed.sign, at=at)
    if parsed.json:
        print_json(
            {
                "report_year": parsed.report_year,
                "closed": report.closed,
                "hash": report.hash,
                "text": str(report.path),
                "roll_over": report.diff,
            }
        )
        return 0
    print(report.line)
    for line in report.lines:
        print(f"  {line}")
    if not report.closed:
        print(f"to close it: tipcycle close-cycle --report-year {parsed.report_year} --by gtip.director", end=" ")
        print(f"--sign {report.hash[:12]}")
    return 0
