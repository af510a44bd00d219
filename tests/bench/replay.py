"""How long do the rules take over a long history?"""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measured import Measured, interleaved, seconds
from tipcycle.settings import ROOT


def rules_replay(rounds: int) -> list[Measured]:
    """A made-up history of 800 countries over 25 Reports through the command as typed, start of Python included."""
    dice = random.Random(1)
    codes = ["".join(letters) for letters in itertools.product("ABCDEFGHIJ", "ABCDEFGHIJ", "ABCDEFGH")]
    rows = [f"{year},x,{code},{dice.choice(('1', '2', '2WL', '3'))}" for year in range(2001, 2026) for code in codes]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        path.write_text("report_year,country,iso3,tier\n" + "\n".join(rows), encoding="utf-8")
        command = [sys.executable, "-m", "tipcycle.cli", "rules", "replay", str(path), "--json"]
        typed = lambda: seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT))  # noqa: E731
        found = interleaved(rounds, {"replay": typed})
    return [Measured(0, "replaying the rules over 20,000 placements, whole command", found["replay"], "s", 1)]
