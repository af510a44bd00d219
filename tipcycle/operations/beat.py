"""Leave a sign of life: what the watchman saw, in a file for whoever looks, and to a monitor where one is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tipcycle.delivery.heartbeat import ping
from tipcycle.model.moment import iso
from tipcycle.operations.watchman import Watched
from tipcycle.settings import settings


async def beat(seen: Watched) -> str:
    """Write `heartbeat.json` in one step and tell the monitor; why that did not hear it, or an empty text."""
    now = settings()
    content = {
        "report_year": seen.report_year,
        "at": iso(seen.at),
        "last_tick_at": iso(seen.last_tick_at) if seen.last_tick_at else None,
        "line": seen.watch.line,
        "differences": len(seen.watch.differences),
    }
    _write(now.heartbeat, json.dumps(content, indent=2) + "\n")
    return await ping(now, f"cycle {seen.report_year}: {seen.watch.line}")


def _write(path: Path, text: str) -> None:
    """A reader finds the old file or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
