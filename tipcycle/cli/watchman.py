"""What had to happen by now, compared with the ledger."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment."""
    add_year(parser, required=False)
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 naming each difference; nothing is written and nobody is called."""
    from tipcycle.model.moment import iso
    from tipcycle.operations.watchman import watchman

    seen = watchman(parsed.report_year, parsed.at or now())
    watch = seen.watch
    if parsed.json:
        print_json(
            {
                "report_year": seen.report_year,
                "at": iso(seen.at),
                "last_tick_at": iso(seen.last_tick_at) if seen.last_tick_at else None,
                **{name: getattr(watch, name) for name in ("promised", "done", "waiting", "unknown", "late", "line")},
                "differences": [vars(one) for one in watch.differences],
            }
        )
    else:
        print(f"cycle {seen.report_year}, {iso(seen.at)}: {watch.line}")
        for one in watch.differences:
            print(f"{one.kind}: {one.line}", file=sys.stderr)
    return 1 if watch.differences else 0
