"""An SMTP server on loopback that keeps every mail as a file, by the position's unit."""

from __future__ import annotations

import email.policy
import errno
import socket
from collections import Counter
from collections.abc import Collection
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_MOST_PORTS = 5
_HEADERS = BytesHeaderParser(policy=email.policy.default)  # to take a whole mail apart costs five times as much


def free_port() -> int:
    """A TCP port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """`accepted` counts accepted mails by their key; `refused` are addresses answered with 550.

    Mails lie in `folder`/UNIT/KEY.eml, where UNIT is a post, a bureau or the office.
    """

    def __init__(self, folder: Path, *, refused: Collection[str] = ()) -> None:
        self.accepted: Counter[str] = Counter()
        self.refused = set(refused)
        self._folder = folder
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def start(self) -> None:
        """Listen, in a thread of its own; on another port where somebody was quicker to take the one that was free."""
        for left in reversed(range(_MOST_PORTS)):
            try:
                self._controller.start()
            except OSError as error:
                if error.errno != errno.EADDRINUSE or not left:
                    raise
                self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
            else:
                return

    def stop(self) -> None:
        """Stop listening and end the thread; stopping twice is harmless."""
        if self._controller.loop.is_running():
            self._controller.stop()

    def start_again(self) -> None:
        """Listen on the same port once more, as a server does that was down."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse the addresses that this server was told to refuse."""
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, and only then say so."""
        content: Any = envelope.content
        mail = _HEADERS.parsebytes(content)
        key = str(mail["X-Tipcycle-Key"])
        unit = str(mail["X-Tipcycle-Position"]).partition(".")[0]
        folder = self._folder / unit
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key.replace(':', '_')}.eml").write_bytes(content)
        self.accepted[key] += 1
        return "250 kept"
