"""Put a backup back (shows what it would overwrite first), and compare the ledger with what really went out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from tipcycle.cli.options import add_at, add_json, now, print_json
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, who does it, and whether it is done."""
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="what tipcycle export --whole wrote; left out, the ledger was put back by other means",
    )
    parser.add_argument("--by", required=True, metavar="POSITION", help="who does it, such as gtip.director")
    parser.add_argument("--yes", action="store_true", help="do it; needed where a ledger would be overwritten")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """What was put back, what the delivery log proves, and what a person has to look at."""
    from tipcycle.operations.reconcile_deliveries import reconcile_deliveries
    from tipcycle.operations.restore import restore
    from tipcycle.operations.seal_ledger import put_younger_seal_aside

    if parsed.folder:
        shown = restore(parsed.folder, preview=True)
        if shown.overwrites and not parsed.yes:
            print("\n".join(shown.lines))
            print("nothing was done; to overwrite that ledger: --yes")
            return 1
        restored = restore(parsed.folder, preview=False)
    seal = put_younger_seal_aside()  # before the ledger is written to, which would make it look older
    found = reconcile_deliveries(by=parsed.by, at=parsed.at or now())
    if parsed.json:
        print_json(
            {
                "restored": asdict(restored) if parsed.folder else None,
                "deliveries": asdict(found),
                "seal_put_aside": str(seal) if seal else None,
            }
        )
        return 0
    if parsed.folder:
        print("\n".join(restored.lines))
    if seal:
        print(f"the seal is of a later ledger, and lies in {seal} now; make another: tipcycle verify --seal")
    print(f"{counted_of(len(found.proved), 'message')} went out after the backup: counted as sent")
    for key in found.unproved:
        print(f"unknown: {key}; look in the receiver's log, then tipcycle settle")
    for key in found.strangers:
        print(f"went out, and the ledger does not know of it: {key}")
    for line in found.held:
        print(f"{line}: take in again what was taken in since, look at the list, then tipcycle hold --lift")
    return 0
