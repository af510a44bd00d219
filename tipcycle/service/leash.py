"""How does a child heed signals, and end with its parent? `python -m tipcycle.service.leash PARENT MODULE …` runs it.

A process that a shell started with & hands down SIGINT as ignored, and Prefect's worker, which turns SIGTERM into
SIGINT, then cannot be ended. So the dispositions are put back here, in the child, before its module begins. A parent
that is killed can end nobody: on Linux the kernel then sends SIGTERM (prctl(2), PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import runpy
import signal
import sys

from tipcycle.service.collect_aside import collect_aside
from tipcycle.settings import PRIVATE

_SET_PARENT_DEATH_SIGNAL = 1
_PREFECT_SERVER = ["prefect", "server", "start"]
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(parent: int, module: str, arguments: list[str]) -> None:
    """Run the module as `python -m` would; ends at once if the parent is gone already."""
    os.umask(PRIVATE)  # of a flow's run too: they descend from the worker
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    with contextlib.suppress(AttributeError, OSError):  # no prctl: not Linux
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        return
    if [module, *arguments[:2]] == _PREFECT_SERVER:
        collect_aside()
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
