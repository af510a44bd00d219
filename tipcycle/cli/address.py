"""Clear an address that a receiver refused: `address clear`."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-verb; `tipcycle status` lists the addresses."""
    verbs = parser.add_subparsers(dest="address_verb", metavar="VERB", required=True)
    clear = verbs.add_parser("clear", help="send to it again, once it was corrected or the mail server mended")
    clear.add_argument("address", metavar="ADDRESS", help="as tipcycle status shows it")
    clear.add_argument("--by", required=True, metavar="POSITION", help="who says so, such as gtip.action-officer")
    clear.add_argument("--reason", required=True, help="kept with the act")
    add_at(clear)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps."""
    from tipcycle.operations.clear_address import clear_address

    print(clear_address(parsed.address, reason=parsed.reason, actor=parsed.by, at=parsed.at or now()))
    return 0
