"""The log of deliveries on a disk with too little room: what was written whole is read, and what comes later too."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tipcycle.delivery.delivery_log import log_deliveries, read_deliveries
from tipcycle.errors import StoreError
from tipcycle.model.message import Receipt
from tipcycle.settings import ROOT

AT = datetime(2009, 10, 16, 14, tzinfo=UTC)


def accepted(*names: str) -> list[Receipt]:
    return [Receipt(f"message:2010:{name}.action-officer:email:2009-10-16:1", "accepted", "250 OK") for name in names]


def log_with_room_for(size: int, path: str) -> None:
    """Note three deliveries where no file may grow over `size` bytes; said on standard output how it went."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        log_deliveries(Path(path), accepted("dakar", "baku", "rome"), at=AT)
    except StoreError as error:
        print(error)


@pytest.mark.parametrize("room", [1, 130, 250])
def test_a_line_that_was_cut_short_spoils_no_other(tmp_path: Path, room: int) -> None:
    path = tmp_path / "deliveries.jsonl"
    log_deliveries(path, accepted("lima"), at=AT)
    size = path.stat().st_size + room
    code = f"from tests.delivery.test_delivery_log import *; log_with_room_for({size}, {str(path)!r})"

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert told == f"{path}: {os.strerror(28)}; the next tick notes what went out\n"
    assert path.stat().st_size == size, "it was cut short in the middle of a line"
    whole = len(read_deliveries(path))

    log_deliveries(path, accepted("dakar", "baku", "rome"), at=AT)

    assert [one.key.split(":")[2].split(".")[0] for one in read_deliveries(path)][whole:] == ["dakar", "baku", "rome"]
