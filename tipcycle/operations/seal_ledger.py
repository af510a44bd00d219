"""Was a row changed by anybody but the program? Compares each with what it said when the ledger was sealed last.

The seal lies beside the ledger, so that who changes the one has to find the other. A row, or a part of it, that the
program never changes is held to the seal for good; what the program does change (a state, a receipt) only as long as
nothing was written since: `turn` counts every writing transaction.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.fingerprints import GOING, Fingerprints, fingerprints

_NAME = "seal.json"


def seal_ledger() -> Path:
    """Write what every row says now."""
    with Store.read(settings().ledger_url) as store:
        seal = {"turn": store.turn(), "rows": fingerprints(store.connection)}
    path = settings().var_dir / _NAME
    half = path.with_name(f".{_NAME}.{os.getpid()}")
    half.write_text(json.dumps(seal), encoding="utf-8")
    half.replace(path)
    return path


def break_seal() -> None:
    """Take the seal away: another ledger was put in the place of the one that it is for."""
    (settings().var_dir / _NAME).unlink(missing_ok=True)


def put_younger_seal_aside() -> Path | None:
    """Of a ledger that was put back by other means the seal is a later one: kept for whoever asks what was lost.

    Return where it lies now; None where the seal is not younger than the ledger, or cannot be read.
    """
    path = settings().var_dir / _NAME
    try:
        sealed_at_turn = int(json.loads(path.read_text(encoding="utf-8"))["turn"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with Store.read(settings().ledger_url) as store:
        if sealed_at_turn <= store.turn():
            return None
    return path.replace(path.with_name(f"{_NAME}.before-restore"))


def broken_rows(store: Store) -> Iterator[str]:
    """A line for each row that is not what it was; nothing where the ledger was never sealed."""
    path = settings().var_dir / _NAME
    if not path.exists():
        return
    try:
        seal: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        turn, sealed = int(seal["turn"]), seal["rows"]
    except (ValueError, KeyError, TypeError):
        yield f"{path}: cannot be read; look for what changed it, then seal anew: tipcycle verify --seal"
        return
    still, now = store.turn() == turn, fingerprints(store.connection)
    if store.turn() < turn:
        yield f"the ledger is older than its seal: it was written to {turn} times, and says {store.turn()}"
    yield from _compared(sealed, now, still=still)


def _compared(sealed: dict[str, dict[str, list[str]]], now: Fingerprints, *, still: bool) -> Iterator[str]:
    for table, rows in sealed.items():
        found = now.get(table, {})
        for key, (fixed, whole) in rows.items():
            if key not in found:
                if still or table not in GOING:
                    yield f"{table} {key}: is gone"
            elif found[key][0] != fixed:
                yield f"{table} {key}: was changed after it was written"
            elif still and found[key][1] != whole:
                yield f"{table} {key}: was changed, and not by tipcycle"
        if still:
            yield from (f"{table} {key}: was added, and not by tipcycle" for key in found.keys() - rows.keys())
