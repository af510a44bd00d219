"""An SMTP server in a process of its own that takes everything: the same for every side of a comparison."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tipcycle.service.receivers.mailbox import free_port


class _Sink:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 taken"


@contextmanager
def receiver() -> Iterator[int]:
    """The port it listens on; the process ends with the block."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "tests.bench.receiver", str(port)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield port
        finally:
            process.terminate()


if __name__ == "__main__":
    controller = Controller(_Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    print("listening", flush=True)
    while True:
        time.sleep(3600)
