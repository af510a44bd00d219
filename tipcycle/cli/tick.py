"""Send every reminder and escalation that is owed now."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tipcycle.cli.options import add_at, add_json, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The moment."""
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 if a message was not accepted or nobody can be told; the next tick goes on."""
    from tipcycle.model.moment import iso
    from tipcycle.operations.tick import tick

    report = asyncio.run(tick(parsed.at or now()))
    outcomes = {name: report.delivery.outcomes[name] for name in ("accepted", "not_sent", "refused", "unknown")}
    problems = [
        *report.delivery.problems,
        *(f"{key}: nobody up to the director has a valid address" for key in report.unreachable),
        *report.wrong_offices,
        *report.lost_releases,
        *report.held_back,
    ]
    if parsed.json:
        print_json({"at": iso(report.at), "messages": outcomes, "problems": problems})
    else:
        print(f"{iso(report.at)}: " + ", ".join(f"{count} {name}" for name, count in outcomes.items()))
        for problem in problems:
            print(problem, file=sys.stderr)
    return 1 if problems else 0
