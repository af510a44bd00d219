"""How does a file get into the inbox whole or not at all? Under a hidden name first, on the disk, then renamed.

The hidden name ends in `.part` and is never taken in. It lies in the inbox itself, so that the rename stays within
one file system and is one step. A process that is killed leaves it; the next start sweeps it away.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_PREFIX, _SUFFIX = ".tipcycle-", ".part"


class PartFile:
    """A file that is being written; leaving the `with` block without `keep_as` leaves nothing behind."""

    def __init__(self, inbox: Path) -> None:
        inbox.mkdir(parents=True, exist_ok=True)
        self.path = inbox / f"{_PREFIX}{secrets.token_hex(16)}{_SUFFIX}"
        self.size = 0
        self._digest = hashlib.sha256()

    def __enter__(self) -> Self:
        self._file = self.path.open("xb")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """Of everything written so far."""
        return self._digest.hexdigest()

    def write(self, content: bytes) -> None:
        """Append."""
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)

    def finish(self) -> None:
        """Everything written is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def keep_as(self, name: str) -> Path:
        """Let it appear in the inbox under a name that we made and that nothing has."""
        kept = self.path.with_name(name)
        self.path.rename(kept)
        _sync_folder(kept.parent)
        return kept


def sweep_parts(inbox: Path, *, older_than_seconds: float) -> int:
    """Delete what killed processes left; return how many. Files being written just now are younger."""
    swept = 0
    for path in inbox.glob(f"{_PREFIX}*{_SUFFIX}"):
        if time.time() - path.stat().st_mtime >= older_than_seconds:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk too; where folders cannot be opened (Windows) the system sees to it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
