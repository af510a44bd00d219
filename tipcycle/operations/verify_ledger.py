"""Is the ledger what it was when it was written? Walks the audit log, the seal, and the sums that must always agree."""

from __future__ import annotations

from tipcycle.operations.count_cycle import count_notices, count_standings
from tipcycle.operations.seal_ledger import broken_rows
from tipcycle.settings import settings
from tipcycle.store import Store


def verify_ledger() -> list[str]:
    """Everything that is wrong, a line each; empty when all is well."""
    with Store.read(settings().ledger_url) as store:
        wrong = [*store.acts.breaks(), *broken_rows(store)]
        for cycle in store.cycles.all():
            year = cycle.report_year
            notices = count_notices(store, year)
            decided = sum(count for name, count in notices.items() if name != "promised")
            if decided != notices["promised"]:
                wrong.append(f"cycle {year}: {notices['promised']} notices promised, {decided} accounted for")
            standings = count_standings(store.obligations.of_cycle(year))
            told = sum(standings[name] for name in ("received", "nil", "waived", "missing"))
            if told != standings["required"]:
                wrong.append(f"cycle {year}: {standings['required']} obligations, {told} with a standing")
            for notice in store.notices.of_cycle(year):
                if notice.state in ("queued", "sent", "unknown") and not notice.message:
                    wrong.append(f"{notice.key}: {notice.state} without a message")
    return wrong
