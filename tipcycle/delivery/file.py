"""The outbox: every message as an .eml file, the default while a receiver is not configured."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.mime import mail_bytes
from tipcycle.errors import DeliveryError
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings


class FileChannel(Channel):
    """One file a key: writing it again changes nothing, so a repeat is harmless."""

    honours_key = True

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.outbox
        self._halves = settings.var_dir / "sending"  # beside the outbox: what a killed sender left is no message
        self._sender = settings.mail_from

    async def send(self, messages: Iterable[Message]) -> AsyncGenerator[Receipt, None]:
        """Write each message under a name made of its key; a half-written file never has that name."""
        for message in messages:
            path = self._folder / f"{message.key.replace(':', '_')}.eml"
            try:
                _write(path, mail_bytes(message, sender=self._sender), halves=self._halves)
            except DeliveryError as error:
                yield Receipt(message.key, error.outcome, str(error))
            except OSError as error:
                yield Receipt(message.key, "not_sent", f"{path}: {error.strerror or error}")
            else:
                yield Receipt(message.key, "accepted", path.name)


def _write(path: Path, content: bytes, *, halves: Path) -> None:
    for folder in (path.parent, halves):
        folder.mkdir(parents=True, exist_ok=True)
    half = halves / f"{path.stem}.{os.getpid()}.part"
    half.write_bytes(content)
    half.replace(path)
