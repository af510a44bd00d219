"""Decide an unknown or refused outcome by hand."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which message, and what is known of it now."""
    parser.add_argument("message", help="the message's key, as tipcycle status shows it")
    parser.add_argument("--as", dest="as_", required=True, choices=("was-sent", "send-again"))
    parser.add_argument("--by", required=True, metavar="POSITION", help="who says so, such as gtip.action-officer")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps."""
    from tipcycle.operations.settle_unknown import settle_unknown

    print(settle_unknown(parsed.message, as_=parsed.as_, actor=parsed.by, at=parsed.at or now()))
    return 0
