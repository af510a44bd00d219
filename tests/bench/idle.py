"""What does a tick cost when nothing is owed?"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.measured import Measured, seconds
from tests.smoke.story import YEAR, story, utc
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.settings import settings
from tipcycle.store import Store

_NOTICES = 3_000
_TICKS = 300
_AT = utc("2009-09-22 00:00")


def idle_tick(rounds: int) -> list[Measured]:
    """Row 8: the operation alone, in a ledger with 3,000 notices of which none is due."""
    with tempfile.TemporaryDirectory() as folder, story(Path(folder)) as cycle:
        cycle.open_and_ask()
        cycle.tick(_AT)
        with Store.begin(settings().ledger_url) as store:
            known = [one for one in store.notices.of_cycle(YEAR) if one.state == "owed" and one.due_at > _AT]
            missing = _NOTICES - sum(store.notices.counts(YEAR).values())
            store.notices.add([replace(known[n % len(known)], key=f"notice:bench:{n}") for n in range(missing)])
        times = [seconds(lambda: plan_messages(_AT)) for _ in range(_TICKS * rounds)]
    return [Measured(8, "idle tick in a ledger of 3,000 notices", statistics.median(times) * 1000, "ms", 1)]
