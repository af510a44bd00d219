"""Whoever is told to stop ends, whatever he is at; and nobody whom he started is left."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.background_job import as_a_background_job
from tipcycle.service.end_on_signals import ends_on_signals
from tipcycle.service.process_tree import wait_until_gone

# Each is at something that an exception out of a signal handler would be lost in, or that puts up a handler of its own.
_AT = {
    "a finalizer": """
class Finalized:
    def __del__(self):
        work()
while True:
    Finalized()
""",
    "a handler of another's": """
def lose(*_):
    raise ValueError
signal.signal(signal.SIGTERM, lose)
while True:
    try:
        work()
    except ValueError:
        pass
""",
    "something that catches everything": """
while True:
    try:
        work()
    except BaseException:
        pass
""",
}
_PROGRAM = """
import signal, sys, time
from pathlib import Path
from tipcycle.service.child import Child
from tipcycle.service.end_on_signals import ends_on_signals
def work():
    if not said:
        said.append(print(child.pid, flush=True))
    time.sleep(0.01)
said = []
with ends_on_signals("stopped"):
    child = Child(["http.server", "0", "--bind", "127.0.0.1"], environment={}, log=Path(sys.argv[1]))
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("at", _AT.values(), ids=_AT)
def test_it_ends_whatever_it_is_at_and_its_children_with_it(tmp_path: Path, at: str, sign: signal.Signals) -> None:
    body = "\n".join(f"    {line}" for line in at.splitlines())
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM + body, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_a_background_job,  # noqa: PLW1509
    ) as running:
        assert running.stdout is not None
        child = int(running.stdout.readline())
        running.send_signal(sign)
        told = running.communicate(timeout=30)[1]

    assert (running.returncode, told) == (130, "stopped\n")
    assert wait_until_gone([child], seconds=0)


def test_under_nohup_the_end_of_the_terminal_ends_nothing() -> None:
    program = (
        "import os, signal\n"
        "from tipcycle.service.end_on_signals import ends_on_signals\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with ends_on_signals('stopped'):\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    print('went on')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "went on\n", "")


def test_afterwards_signals_do_what_they_did_before() -> None:
    handlers = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    with ends_on_signals("stopped"):
        assert signal.SIGTERM in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == blocked
    assert {one: signal.getsignal(one) for one in handlers} == handlers
