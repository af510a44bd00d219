"""A Prefect server for tests, over a copy of a database that was migrated once: half of each start otherwise."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from tipcycle.service.prefect_server import PrefectServer, quiet_environment, without_prefect

_NAME = "prefect.db"
_MIGRATED = Path(sys.prefix) / f"empty-prefect-{version('prefect')}.db"  # as old as the environment it lies in


@contextmanager
def fresh_server(home: Path, extra: Mapping[str, str] | None = None) -> Iterator[PrefectServer]:
    """A healthy server that knows nothing yet; it ends with the block."""
    lay_database(home)
    server = PrefectServer(home, extra=extra)
    try:
        server.start()
        server.wait_until_healthy()
        yield server
    finally:
        server.stop()


def lay_database(home: Path) -> None:
    """Put an empty, migrated database where a new server with this home finds it; the first test of all makes it."""
    home.mkdir(parents=True, exist_ok=True)
    if (home / _NAME).exists():
        return
    with _MIGRATED.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several test workers one makes it
        if not _MIGRATED.exists():
            _make()
    shutil.copy(_MIGRATED, home / _NAME)


def _make() -> None:
    with tempfile.TemporaryDirectory(dir=_MIGRATED.parent) as folder:
        subprocess.run(
            [Path(sys.prefix) / "bin" / "prefect", "server", "database", "upgrade", "-y"],
            env=without_prefect(os.environ) | quiet_environment(Path(folder), api_url=""),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        made = Path(folder) / _NAME
        made.chmod(0o600)
        made.replace(_MIGRATED)
