"""Send the reporting instructions that are owed, or show those of one post."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import datetime

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment; --show reads and sends nothing."""
    add_year(parser)
    add_at(parser)
    parser.add_argument("--show", metavar="POST", help="print the cable of one post, such as Bridgetown; send nothing")


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 if a cable was not accepted; the next run tries it again."""
    from tipcycle.operations.request_annual_submissions import instructions_text, owed_instructions

    if parsed.show:
        print(instructions_text(parsed.report_year, parsed.show), end="")
        return 0
    at = parsed.at or now()
    owed = owed_instructions(parsed.report_year, at)
    print(owed.line)
    problems = asyncio.run(_send(parsed.report_year, [post for _, posts in owed.batches for post in posts], at))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


async def _send(report_year: int, posts: list[str], at: datetime) -> list[str]:
    from tipcycle.operations.request_annual_submissions import request_annual_submissions

    return (await request_annual_submissions(report_year, posts, at)).problems
