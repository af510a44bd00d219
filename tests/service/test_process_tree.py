"""A signal that comes at a bad moment waits, also where other threads could take it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from tipcycle.service.process_tree import postponed


class _StoppedError(Exception):
    """Stands for what a stopping program raises."""


@pytest.fixture
def stops() -> Iterator[None]:
    """SIGTERM raises here."""

    def stop(*_: object) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGTERM, stop)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def another_thread() -> Iterator[None]:
    """One that blocks no signal, so that the kernel may give it one meant for the process."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.mark.usefixtures("stops", "another_thread")
def test_a_signal_waits_until_the_block_is_done() -> None:
    done: list[str] = []

    def work() -> None:
        with postponed():
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)
            done.extend(str(n) for n in range(100_000))  # long enough for Python to look for signals

    with pytest.raises(_StoppedError):
        work()
    assert len(done) == 100_000


@pytest.mark.usefixtures("stops")
def test_without_a_signal_the_handlers_are_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with postponed():
        assert signal.getsignal(signal.SIGTERM) != before

    assert signal.getsignal(signal.SIGTERM) == before
