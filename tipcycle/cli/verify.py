"""Walk the audit log and the ledger's sums."""

from __future__ import annotations

import argparse

from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to seal what was found whole."""
    parser.add_argument(
        "--seal", action="store_true", help="where nothing is wrong, keep what each row says, for the next time"
    )


def run(parsed: argparse.Namespace) -> int:
    """Exit 1 naming each line that was changed, lost, or does not add up."""
    from tipcycle.operations.verify_ledger import verify_ledger

    wrong = verify_ledger()
    for line in wrong:
        print(line)
    print(counted_of(len(wrong), "fault") if wrong else "the log is whole and the sums agree")
    if parsed.seal and not wrong:
        from tipcycle.operations.seal_ledger import seal_ledger

        print(f"sealed: {seal_ledger()}")
    return 1 if wrong else 0
