"""A collection never holds up an event loop for a connection that waits for a lock, as it does to Prefect's server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_PATIENCE_S = 4  # of the connection that waits, as the 60 s of Prefect's
# One connection holds the write lock, a thread waits for it with another, and a failed cursor of that other one becomes
# garbage in the main thread, which goes on making objects as an event loop does. Prints that thread's longest pause.
_PROGRAM = """
import gc, sqlite3, sys, threading, time
from tipcycle.service.collect_aside import collect_aside

file, patience, aside = sys.argv[1], float(sys.argv[2]), sys.argv[3] == "aside"
holds = sqlite3.connect(file, isolation_level=None)
waits = sqlite3.connect(file, isolation_level=None, timeout=patience, check_same_thread=False)
holds.execute("pragma journal_mode = wal")
holds.execute("create table kept (n unique)")
holds.execute("insert into kept values (1)")
if aside:
    collect_aside()

class Failed(Exception):
    pass

garbage = Failed()
garbage.cursor, garbage.itself = waits.cursor(), garbage
try:
    garbage.cursor.execute("insert into kept values (1)")
except sqlite3.IntegrityError:
    pass
holds.execute("begin immediate")

def wait():
    try:
        waits.execute("begin immediate")
    except sqlite3.OperationalError:
        pass

waiting = threading.Thread(target=wait)
waiting.start()
time.sleep(0.5)
del garbage
longest, before, kept = 0.0, time.monotonic(), []
while waiting.is_alive():
    kept.append([[] for _ in range(10)])
    time.sleep(0.0005)
    longest, before = max(longest, time.monotonic() - before), time.monotonic()
print(longest)
"""


@pytest.mark.parametrize("collected", ["aside", "wherever"])
def test_the_main_thread_goes_on_while_a_connection_waits(tmp_path: Path, collected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "made-up.db"), str(_PATIENCE_S), collected],
        check=True,
        capture_output=True,
        text=True,
    )

    longest = float(done.stdout)
    if collected == "aside":
        assert longest < _PATIENCE_S / 4
    else:
        assert longest > _PATIENCE_S / 4, "Python does not do that any more: tipcycle/service/collect_aside.py can go"
