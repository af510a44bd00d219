"""Run a release again and again, each time killed at a later line of it; `python -m` with a ledger and a folder.

Each run has a folder of its own, numbered from 1; the last one came to its end. No line of the product knows of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.assessments import YEAR, release_interim
from tests.smoke.story import utc
from tipcycle.operations import release_document, release_files
from tipcycle.operations.context import context

OUT = utc("2010-01-29 15:00")
_EVERY = 2  # lines: `make crash` kills a release at each commit, rename and write besides
_WATCHED = {release_document.__file__, release_files.__file__}


def main(ledger: Path, folder: Path) -> None:
    """Kill at the first line and at every second one from there, until a release is not killed any more."""
    context(YEAR)  # config is read once, before the first fork
    number = 0
    while True:
        number += 1
        var = folder / str(number)
        var.mkdir(parents=True)
        shutil.copyfile(ledger, var / "tipcycle.sqlite3")
        child = os.fork()
        if child == 0:
            _release(var, kill_at=1 + (number - 1) * _EVERY)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(number, os.waitstatus_to_exitcode(status))
            return


def _release(var: Path, *, kill_at: int) -> None:
    os.environ["TIPCYCLE_VAR_DIR"] = str(var)
    reached: set[tuple[str, int]] = set()

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in _WATCHED:
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
            if len(reached) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    sys.settrace(on_line)
    try:
        release_interim(OUT)
    finally:
        sys.settrace(None)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
