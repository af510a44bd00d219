"""Is there room for the ledger, the papers and Prefect's database?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings

_LITTLE, _TOO_LITTLE = 2_000_000_000, 200_000_000  # a cycle takes some hundred MB with Prefect's runs


def look(at: datetime) -> Iterator[Seen]:
    """Of the file system on which the var folder is, or will be."""
    folder = settings().var_dir.resolve()
    free = shutil.disk_usage(_that_is_there(folder)).free
    told, remedy = f"{free / 1e9:.1f} GB free at {folder}", "make room, or point TIPCYCLE_VAR_DIR at another disk"
    if free < _TOO_LITTLE:
        yield fault(told, remedy)
    elif free < _LITTLE:
        yield warning(told, remedy)
    else:
        yield ok(told)


def _that_is_there(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
