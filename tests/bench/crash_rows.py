"""What did the crash sweeps find? Read from the files that `make crash` wrote; nothing is killed here."""

from __future__ import annotations

import json

from tests.bench.measured import Measured, NotMeasuredError
from tests.reliability.findings import FOLDER

_DATABASES = ("sqlite", "postgresql")


def kills(rounds: int) -> list[Measured]:
    """Row 7: kills over both databases, and those after which anything was lost, or repeated without being listed."""
    missing = [name for name in _DATABASES if not (FOLDER / f"crash-{name}.json").exists()]
    if missing:
        raise NotMeasuredError(f"no crash sweep was run here on {' and '.join(missing)}: make crash")
    counts = [_all(name) for name in _DATABASES]
    killed, lost, wrong = (sum(one[what] for one in counts) for what in ("kills", "lost", "wrong"))
    return [
        Measured(7, "kill -9 of operations, SQLite and PostgreSQL", killed, "kills", 1_000, at_least=True),
        Measured(7, "  messages lost", lost, "", 0),
        Measured(7, "  kills after which something was wrong, or repeated unlisted", wrong, "", 0),
    ]


def _all(database: str) -> dict[str, int]:
    """The last row of the sweep's table, which is the sum of the others, by its columns."""
    found = json.loads((FOLDER / f"crash-{database}.json").read_text(encoding="utf-8"))
    return dict(zip(found["columns"], found["rows"][-1], strict=True))
