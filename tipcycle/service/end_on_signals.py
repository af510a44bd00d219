"""How does a rehearsal end when it is told to stop? On the spot, as by a power cut, and its servers with it.

An exception that a signal raises comes out in the middle of whatever runs: in a finalizer it is lost, and nobody stops;
elsewhere it leaves things half made, which complain when they are collected. And Prefect puts handlers of its own in
place while a flow runs. So no handler is called at all: the signals are blocked, and a thread waits for them.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tipcycle.service.child import kill_all

_STOPPED = 130
_SHOW_CURSOR = b"\x1b[?25h"


@contextmanager
def ends_on_signals(told: str) -> Iterator[None]:
    """SIGINT, SIGTERM or SIGHUP within the block: kill every child, write `told` to stderr and end with code 130.

    Nothing is unwound, so the block must leave nothing that could not be found again after a crash. Enter it before
    there are other threads: they inherit that the signals are blocked. A SIGHUP that is ignored stays so: that is what
    nohup asks for. A SIGINT does not: a process that a shell started with & inherits it as ignored.
    """
    signals = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signals.add(signal.SIGHUP)
    over = threading.Event()

    def wait() -> None:
        signal.sigwait(signals)
        if not over.is_set():
            _end(told)

    handlers = {one: signal.signal(one, signal.SIG_DFL) for one in signals}  # an ignored one might never arrive
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    waiting = threading.Thread(target=wait, name="signals", daemon=True)
    waiting.start()
    try:
        yield
    finally:
        over.set()
        signal.pthread_kill(waiting.ident or 0, signal.SIGTERM)
        waiting.join()
        for one, handler in handlers.items():
            signal.signal(one, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _end(told: str) -> None:
    try:
        stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
        for shown in (1, 2):
            os.dup2(nowhere, shown)  # what the others say of servers that are suddenly gone
        kill_all()
        if os.isatty(stderr):
            os.write(stderr, _SHOW_CURSOR + b"\n")
        os.write(stderr, f"{told}\n".encode())
    finally:
        os._exit(_STOPPED)
