"""Take in what lies in the inbox, and mails that came back."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, now
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The moment."""
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line a file; a refused file is an ordinary outcome, one that could not be decided is exit 1."""
    from tipcycle.operations.take_bounces import bounces_to_take, take_bounces
    from tipcycle.operations.take_in import files_to_take_in, take_in_each

    at = parsed.at or now()
    for bounce in take_bounces(bounces_to_take(), at):
        print(bounce.line)
    intake = take_in_each(files_to_take_in(), at)
    for one in intake.taken:
        print(one.line)
    print(counted_of(len(intake.taken), "file"))
    for problem in intake.problems:
        print(problem, file=sys.stderr)
    return 1 if intake.problems else 0
