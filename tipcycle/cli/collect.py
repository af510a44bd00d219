"""Take in what lies in the inbox."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The moment."""
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line a file; a refused file is an ordinary outcome."""
    from tipcycle.operations.take_in import files_to_take_in, take_in

    at = parsed.at or now()
    taken = [take_in(path, at) for path in files_to_take_in()]
    for one in taken:
        print(one.line)
    print(f"{len(taken)} files")
    return 0
