"""What one sweep found: a table with its title, the command that made it, the day and the machine."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tipcycle.settings import ROOT

FOLDER = ROOT / "var" / "reliability"


def machine() -> dict[str, object]:
    """How large the machine is on which this runs."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": _memory(),
        "python": platform.python_version(),
        "system": sys.platform,
    }


def write_findings(
    name: str,
    *,
    title: str,
    source: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    notes: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> Path:
    """Keep what the command `source` found as `name`.json; `notes` are sentences under the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    found = {
        "title": title,
        "source": source,
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine(),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "notes": list(notes),
    }
    path.write_text(json.dumps(found | dict(more or {}), indent=2) + "\n", encoding="utf-8")
    return path


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
