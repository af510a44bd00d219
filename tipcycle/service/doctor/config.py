"""Is everything under config/ sound, for every cycle that has a calendar?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.operations.check_config import check_config
from tipcycle.service.doctor.seen import Seen, fault, ok

_SHOWN = 5


def look(at: datetime) -> Iterator[Seen]:
    """The first faults; `tipcycle check-config` lists all."""
    checked = check_config()
    remedy = "correct the file, then: tipcycle check-config"
    for line in checked.faults[:_SHOWN]:
        yield fault(line, remedy)
    if len(checked.faults) > _SHOWN:
        yield fault(f"and {len(checked.faults) - _SHOWN} more", "tipcycle check-config lists all")
    if not checked.faults:
        yield ok(f"sound for cycle {', '.join(map(str, checked.cycles))}")
