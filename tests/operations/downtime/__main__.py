"""Play every outage over every rung in every zone, and clocks that are wrong; write var/reliability/time.json."""

from __future__ import annotations

import sys

from tests.operations.downtime.outage import COUNTRIES, LENGTHS, RUNGS, STEPS, ledgers, play
from tests.operations.model.clocks import clock_of
from tests.reliability.findings import write_findings

COLUMNS = ["outage", "clock afterwards", "zone", "rungs", "sent", "replaced by a newer one", "outside hours", "faults"]


def main() -> int:
    """0 if no rung went twice, was skipped, or went at night without saying so."""
    rows, faults = [], []
    with ledgers() as (made, mailbox):
        for length, off in LENGTHS.items():
            for wrong, step in STEPS.items():
                for post in COUNTRIES:
                    if wrong != "as it is" and length != "1 hour":
                        continue
                    outcomes = [play(made[post], mailbox, post=post, rung=rung, off=off, step=step) for rung in RUNGS]
                    found = [f"{length}, {wrong}, {post}: {fault}" for one in outcomes for fault in one.faults]
                    counts = [sum(getattr(one, name) for one in outcomes) for name in ("sent", "superseded", "forced")]
                    rows.append([length, wrong, clock_of(post).zone.key, len(outcomes), *counts, len(found)])
                    print(*rows[-1], sep="  ", flush=True)
                    faults += found
    title = "Outages over each rung of a progress report, in three zones"
    write_findings("time", title=title, source="make time", columns=COLUMNS, rows=rows)
    print("\n".join(faults) or "no rung twice, none skipped, none at night that does not say so")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
