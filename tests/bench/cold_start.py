"""How long until a command answers, and how much did it import?"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measured import Measured, interleaved, seconds
from tests.smoke.story import YEAR, story
from tipcycle.settings import ROOT

_COUNT = """
import runpy, sys
sys.argv = ["tipcycle", *{arguments!r}]
try:
    runpy.run_module("tipcycle.cli", run_name="__main__")
except SystemExit:
    pass
print(len(sys.modules), file=sys.stderr)
"""


def cold_start(rounds: int) -> list[Measured]:
    """Row 12: `--help`, and `status` of a cycle that is under way."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder)) as cycle:
        cycle.open_and_ask()
        status = ["status", "--report-year", str(YEAR)]
        sides = {"help": lambda: _typed(["--help"]), "status": lambda: _typed(status)}
        found = interleaved(max(rounds, 5), sides)
        modules = {"--help": _modules(["--help"]), "status": _modules(status)}
    return [
        Measured(12, "tipcycle --help, cold", found["help"], "s", 0.15),
        Measured(12, "tipcycle status, cold", found["status"], "s", 1.0),
        *(Measured(12, f"  modules imported by {what}", count, "") for what, count in modules.items()),
    ]


def _typed(arguments: Sequence[str]) -> float:
    command = [sys.executable, "-m", "tipcycle.cli", *arguments]
    return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT))


def _modules(arguments: Sequence[str]) -> int:
    command = [sys.executable, "-c", _COUNT.format(arguments=list(arguments))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ))
    return int(done.stderr.split()[-1])
