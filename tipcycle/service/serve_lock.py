"""Who serves this data? One `tipcycle serve` a var folder and ledger: the file says who, the lock that he lives."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from tipcycle.errors import TipcycleError

_PATIENCE_SECONDS = 1  # somebody may just be asking `served_by`


@dataclass(frozen=True)
class Served:
    """The process of `tipcycle serve`, where its Prefect server is reached, and what that keeps its data in.

    `kept_in` is `SQLite` or `PostgreSQL`; empty where the server is another machine's.
    """

    pid: int
    api_url: str
    kept_in: str = ""


@contextmanager
def only_serve(folders: set[Path], served: Served) -> Iterator[None]:
    """Hold every folder while the `with` block lasts, however the process ends; raises naming who holds one."""
    with ExitStack() as undo:
        for folder in sorted(folders):
            folder.mkdir(parents=True, exist_ok=True)
            lock = undo.enter_context((folder / "serve.lock").open("a+", encoding="utf-8"))
            if not _locked(lock):
                other = _read(lock)
                who = f"process {other.pid}; stop that first: kill {other.pid}" if other else "another process"
                raise TipcycleError(f"{folder} is served already by {who}")
            lock.truncate(0)
            json.dump(asdict(served), lock)
            lock.flush()
        yield


def served_by(folder: Path) -> Served | None:
    """Who serves this folder now."""
    path = folder / "serve.lock"
    if not path.exists():
        return None
    with path.open("r", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(lock)
    return None


def _locked(lock: TextIO) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def _read(lock: TextIO) -> Served | None:
    lock.seek(0)
    try:
        return Served(**json.load(lock))
    except (ValueError, TypeError):
        return None


def this_process(api_url: str, kept_in: str = "") -> Served:
    """What we write of ourselves."""
    return Served(os.getpid(), api_url, kept_in)
