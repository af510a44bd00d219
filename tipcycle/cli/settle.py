"""Decide an unknown or refused outcome by hand, or say that somebody saw to what a post answered.

Of a message it first shows what would follow; it decides with --yes.
"""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which message or answer, and what is known of it now."""
    parser.add_argument("key", metavar="KEY", help="of a message or an answer, as tipcycle status shows it")
    parser.add_argument(
        "--as",
        dest="as_",
        required=True,
        choices=("was-sent", "send-again", "seen-to"),
        help="seen-to is for an answer, the others for a message",
    )
    parser.add_argument("--by", required=True, metavar="POSITION", help="who says so, such as gtip.action-officer")
    parser.add_argument("--yes", action="store_true", help="do it; without this a message and what follows are shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps, or what would follow."""
    from tipcycle.operations.settle_answer import settle_answer
    from tipcycle.operations.settle_unknown import preview_settling, settle_unknown

    at = parsed.at or now()
    if parsed.as_ == "seen-to":
        print(settle_answer(parsed.key, actor=parsed.by, at=at))
    elif not parsed.yes:
        print("\n".join(preview_settling(parsed.key, as_=parsed.as_, actor=parsed.by, at=at)))
        print("preview only; add --yes to do it")
    else:
        print(settle_unknown(parsed.key, as_=parsed.as_, actor=parsed.by, at=at))
    return 0
