"""Send the action requests that are owed."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment."""
    add_year(parser)
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 if a cable was not accepted; the next run tries it again."""
    from tipcycle.operations.deliver import DeliveryReport
    from tipcycle.operations.keep_papers import keep_papers
    from tipcycle.operations.request_drafts import write_drafts
    from tipcycle.operations.send_action_requests import owed_requests, send_action_requests

    at = parsed.at or now()
    write_drafts(parsed.report_year)
    owed = owed_requests(parsed.report_year, at)
    print(owed.line)
    for iso3, why in owed.uncleared:
        print(f"  {iso3}: {why}")

    async def send() -> DeliveryReport:
        report = DeliveryReport()
        for _, countries in owed.by_post:
            report.merge(await send_action_requests(parsed.report_year, countries, at))
        return report

    report = asyncio.run(send())
    keep_papers(parsed.report_year, [iso3 for _, countries in owed.by_post for iso3 in countries])
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.problems else 0
