"""What did the crash sweep find? Read from the file that `make crash` wrote; nothing is killed here."""

from __future__ import annotations

from tests.bench.measured import Measured, NotMeasuredError
from tipcycle.settings import ROOT

_FILE = ROOT / "var" / "reliability" / "crash.json"


def kills(rounds: int) -> list[Measured]:
    """Row 7: kills, messages lost, and repeats that nothing listed as unknown, over both databases."""
    if not _FILE.exists():
        raise NotMeasuredError("no crash sweep was run here: make crash")
    raise NotImplementedError
