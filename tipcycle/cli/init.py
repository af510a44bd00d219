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
    settings().var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # of PostgreSQL's ledger nothing else makes it
    new = Store.create(url, rehearsal=parsed.rehearsal)
    print(f"{'built' if new else 'up to date'}: {shown(url)}")
    return 0
