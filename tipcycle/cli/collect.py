"""Take in what lies in the inbox."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The moment."""
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line a file; a refused file is an ordinary outcome, one that could not be decided is exit 1."""
    from tipcycle.operations.take_in import files_to_take_in, take_in_each

    intake = take_in_each(files_to_take_in(), parsed.at or now())
    for one in intake.taken:
        print(one.line)
    print(f"{len(intake.taken)} files")
    for problem in intake.problems:
        print(problem, file=sys.stderr)
    return 1 if intake.problems else 0
