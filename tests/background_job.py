"""How does a shell leave what it starts with &? For `preexec_fn` of a process that a test tells to stop."""

from __future__ import annotations

import signal


def as_a_background_job() -> None:
    """SIGINT is ignored until the program says otherwise; and never under nohup, as the tests may be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
