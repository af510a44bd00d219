"""What had been begun, and what was answered, when a sender died? A line before and after each send, on disk.

The ledger gets receipts in groups; this file tells the group's messages apart. It outlives kill -9 (not a power
cut, after which everything under way is unknown). Its sender holds it locked: the kernel lets go when he dies.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from tipcycle.errors import StoreError
from tipcycle.model.message import Message, Receipt


class Journal:
    """One group's journal, locked from now on; `path` is named after the lease."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file: IO[str] = path.open("a", encoding="utf-8")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def begin_each(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The messages, each noted as begun at the moment a channel asks for it."""
        for message in messages:
            self._write({"begun": message.key})
            yield message

    def answered(self, receipt: Receipt) -> None:
        """Note what the receiver said."""
        self._write({"key": receipt.key, "outcome": receipt.outcome, "detail": receipt.detail})

    def __enter__(self) -> Self:
        """Locked inside the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """The ledger knows everything now, so the file goes; after an error it stays for whoever settles it."""
        with suppress(OSError):  # what could not be written before cannot be now
            self._file.close()
        if kind is None:
            self._path.unlink(missing_ok=True)

    def _write(self, line: dict[str, str]) -> None:
        try:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"{self._path}: {error.strerror}; nothing more is sent before it can be written"
            ) from error


def is_abandoned(path: Path) -> bool:
    """Whether there is such a journal, and nobody holds it any more: its sender ended, however that was."""
    if not path.exists():
        return False
    with path.open(encoding="utf-8") as journal:
        try:
            fcntl.flock(journal, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def read_journal(path: Path) -> tuple[frozenset[str], dict[str, Receipt]] | None:
    """Keys begun, and the receipts by key; None if there is no such journal. A half-written last line is left out."""
    if not path.exists():
        return None
    begun: set[str] = set()
    answered: dict[str, Receipt] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if "begun" in line:
            begun.add(line["begun"])
        else:
            answered[line["key"]] = Receipt(line["key"], line["outcome"], line["detail"])
    return frozenset(begun), answered
