"""Open a cycle, or record its special watch list."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment."""
    add_year(parser)
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints what was done; nothing owed is no error."""
    from tipcycle.operations.open_cycle import open_cycle

    print(open_cycle(parsed.report_year, parsed.at or now()).line)
    return 0
