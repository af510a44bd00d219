"""Build or upgrade the ledger."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--rehearsal` marks a new ledger for good."""
    parser.add_argument(
        "--rehearsal",
        action="store_true",
        help="mark a new ledger as a rehearsal's: moments may lie in the future",
    )


def run(parsed: argparse.Namespace) -> int:
    """Repeating it changes nothing."""
    from tipcycle.settings import settings
    from tipcycle.store import Store, shown

    url = settings().ledger_url
    new = Store.create(url, rehearsal=parsed.rehearsal)
    print(f"{'built' if new else 'up to date'}: {shown(url)}")
    return 0
