"""What did receivers accept, whatever became of the ledger? A line a message, only ever added to.

The ledger can be put back from a backup of yesterday; what went out since cannot. This file beside it tells.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.errors import StoreError
from tipcycle.model.message import Receipt
from tipcycle.model.moment import iso


@dataclass(frozen=True)
class Delivered:
    """A message that was accepted by a sender of the tick at `at`, and the receiver's word."""

    key: str
    at: datetime
    said: str


def log_deliveries(path: Path, receipts: Sequence[Receipt], *, at: datetime) -> None:
    """Add those of `receipts` that were accepted, in one write; raises `StoreError` where it cannot be written."""
    accepted = [one for one in receipts if one.outcome == "accepted"]
    if not accepted:
        return
    text = "".join(json.dumps({"key": one.key, "at": iso(at), "said": one.detail}) + "\n" for one in accepted)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            _add(descriptor, text.encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; the next tick notes what went out") from error


def _add(descriptor: int, lines: bytes) -> None:
    """On a disk that fills up a write ends in the middle of a line; the next one begins a line of its own."""
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        lines = b"\n" + lines
    if os.write(descriptor, lines) < len(lines):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def read_deliveries(path: Path) -> list[Delivered]:
    """Every line, in order; a half-written one is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            read = json.loads(line)
            found.append(Delivered(read["key"], datetime.fromisoformat(read["at"]), read["said"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found
