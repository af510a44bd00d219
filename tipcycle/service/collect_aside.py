"""Why is the garbage of Prefect's server collected in a thread of its own? So that its event loop never waits.

A dropped cursor's statement is reset when it is collected, and SQLite lets one thread at a time into a connection. If
a collection happens to run in the event loop's thread while that connection's own thread waits for the write lock, the
loop waits with it; and whoever holds the lock needs the loop in order to commit. Then nothing moves until SQLite's
patience is over, which Prefect sets to 60 s: docs/decisions/0023. A thread that does nothing else may wait.
"""

from __future__ import annotations

import gc
import threading
import time

_YOUNG, _EVERYTHING = 1, 2  # generations, and those younger
_EVERY_SECONDS = 1.0
_EVERYTHING_AFTER = 60  # rounds: what is old already is looked at once a minute


def collect_aside() -> None:
    """Collect garbage every second from now on, and never in a thread that allocates; for the rest of the process."""
    gc.disable()
    threading.Thread(target=_collect, name="collector", daemon=True).start()


def _collect() -> None:
    rounds = 0
    while True:
        time.sleep(_EVERY_SECONDS)
        rounds += 1
        gc.collect(_YOUNG if rounds % _EVERYTHING_AFTER else _EVERYTHING)
