"""How is a child process started and surely ended? In a session of its own: asked first, then killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tipcycle.service.process_tree import descendants, kill_descendants

_STOP_SECONDS = 8
_LONG_LOG = 10_000_000
_started: set[int] = set()  # groups, by their first process: without /proc these are all that can be found


class Child:
    """One `python -m MODULE …`, its output in a log file; it heeds signals and ends with us (`service/leash.py`).

    Start it from a thread that lives as long as it is to live: the kernel takes the thread for the parent.
    """

    def __init__(
        self, module: Sequence[str], *, environment: Mapping[str, str], log: Path, cwd: Path | None = None
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        _start_anew(log)
        leash = ["-m", "tipcycle.service.leash", str(os.getpid())]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *leash, *module],
                env=dict(environment),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _started.add(self.pid)

    @property
    def pid(self) -> int:
        """Its process id, and the id of its group."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def ending(self) -> str:
        """How it ended: `ended with code 1`, `was killed by SIGKILL`."""
        code = self._process.poll() or 0
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def wait(self) -> None:
        """Block until it ends."""
        self._process.wait()

    def log_tail(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def stop(self) -> None:
        """End it with all that it started; returns when it is gone, after 8 s at the most by force."""
        begun = descendants([self.pid])  # some are in groups of their own
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, sign)
            for pid in begun:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=_STOP_SECONDS)
        _started.discard(self.pid)


def kill_all() -> None:
    """Kill every child that was not stopped, with its group, and whatever else descends from this process."""
    for pid in tuple(_started):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    kill_descendants()


def _start_anew(log: Path) -> None:
    """Put a log that grew long aside, where it replaces the one before it."""
    if log.exists() and log.stat().st_size > _LONG_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
