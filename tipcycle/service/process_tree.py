"""Which processes descend from one, and how are they all ended? Read from /proc; elsewhere only groups are ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PROC = Path("/proc")
_SET_CHILD_SUBREAPER = 36
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies (prctl(2)), so that none can get lost."""
    with contextlib.suppress(AttributeError, OSError):  # no prctl: not Linux
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(of: Iterable[int]) -> list[int]:
    """Every living child, grandchild and so on, parents first; those that only wait to be reaped are left out."""
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent, state in _processes():
        if state != "Z":
            children[parent].append(pid)
    found: list[int] = []
    queue = list(of)
    while queue:
        queue[:1], more = [], children[queue[0]]
        queue += more
        found += more
    return found


def send(sign: signal.Signals, pids: Iterable[int]) -> None:
    """Send a signal; whoever is gone is gone."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)


def wait_until_gone(pids: Collection[int], seconds: float) -> bool:
    """Wait until none of them lives; False if one still does after `seconds`."""
    deadline = time.monotonic() + seconds
    while _alive(pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def kill_descendants(seconds: float = 2) -> None:
    """Kill whatever still descends from this process, until nothing does; what is born meanwhile too."""
    deadline = time.monotonic() + seconds
    while left := descendants([os.getpid()]):
        send(signal.SIGKILL, left)
        if wait_until_gone(left, 0.5) is False and time.monotonic() > deadline:
            return


def reap_orphans(children: Collection[int]) -> None:
    """Take leave of adopted processes that ended; `children` are those whose starter asks after them himself."""
    for pid, parent, state in list(_processes()):
        if state == "Z" and parent == os.getpid() and pid not in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def resident_mb(pids: Iterable[int]) -> float:
    """The memory of these processes together, in MB; what several share is counted once for each."""
    pages = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            pages += int((_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no signal break into what is done here; those that come meanwhile are dropped."""
    before = {one: signal.signal(one, signal.SIG_IGN) for one in _STOPPING}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _processes() -> Iterator[tuple[int, int, str]]:
    """Process, parent and state, one line of /proc each: `1234 (any (text)) S 1 …`."""
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(folder.name), int(after_name[1]), after_name[0]


def _alive(pids: Collection[int]) -> bool:
    return any(pid in pids and state != "Z" for pid, _, state in _processes())
