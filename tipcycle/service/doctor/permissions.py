"""Can we write where we must, and can nobody else read the key or change what is kept?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings


def look(at: datetime) -> Iterator[Seen]:
    """The var folder, what lies directly in it, and the signing key."""
    now = settings()
    folder = now.var_dir.resolve()
    if not folder.is_dir():
        yield fault(f"{folder} is not there", "tipcycle init makes it; or correct TIPCYCLE_VAR_DIR")
        return
    wrong = list(_wrong(folder, folder / "signing.key"))
    yield from wrong
    if not wrong:
        key = "the signing key is ours alone" if (folder / "signing.key").exists() else "no key is kept here"
        yield ok(f"{folder} is written by us only; {key}")
    if not now.signing_key.get_secret_value() and not (folder / "signing.key").exists():
        yield warning("there is no signing key yet", "it is made on first use; back it up with the var folder")


def _wrong(folder: Path, key: Path) -> Iterator[Seen]:
    for path in (folder, *sorted(folder.iterdir())):
        if not os.access(path, os.W_OK) and not path.is_symlink():
            yield fault(f"{path} cannot be written by us", f"run as its owner, or: chown -R {os.geteuid()} {folder}")
        elif _mode(path) & stat.S_IWOTH:
            yield fault(f"anybody on this machine can change {path}", f"chmod o-w {path}")
        elif path == folder and _mode(path) & (stat.S_IROTH | stat.S_IXOTH):
            yield warning(f"anybody on this machine can look into {path}, which holds SBU papers", f"chmod 700 {path}")
    if key.exists() and _mode(key) & (stat.S_IRWXG | stat.S_IRWXO):
        yield fault(f"{key} can be read by others, who can then sign as we do", f"chmod 600 {key}")


def _mode(path: Path) -> int:
    return 0 if path.is_symlink() else stat.S_IMODE(path.stat().st_mode)
