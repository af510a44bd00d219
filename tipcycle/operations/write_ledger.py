"""The ledger as one sorted CSV file: equal ledgers give equal bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import datetime
from pathlib import Path

from tipcycle.model.moment import iso
from tipcycle.settings import settings
from tipcycle.store import Store

_COLUMNS = ("key", "state", "reason", "due_at", "latest_by", "decided_at", "carried_by")


def write_ledger(path: Path, report_year: int) -> str:
    """Write obligations, notices, messages and submissions of a cycle, sorted by key; return the file's SHA-256.

    Only what follows from `at`: no receipts, leases, attempts or wall clock.
    """
    with Store.read(settings().ledger_url) as store:
        rows = _rows(store, report_year)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(sorted(rows))
    content = text.getvalue().encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _rows(store: Store, report_year: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (one.key, one.standing, one.reason, iso(one.due_at), "", _moment(one.answered_at), "")
        for one in store.obligations.of_cycle(report_year)
    ]
    rows += [
        (
            one.key,
            one.state,
            # A receiver's own words differ from run to run; that it failed does not.
            one.reason if one.state != "unknown" else "outcome unknown",
            iso(one.due_at),
            _moment(one.latest_by),
            _moment(one.decided_at),
            one.message or "",
        )
        for one in store.notices.of_cycle(report_year)
    ]
    rows += [
        (one.key, one.state, "", iso(one.sealed_at), "", "", one.position)
        for one in store.messages.of_cycle(report_year)
    ]
    for step in ("demarche", "progress-report", "annual-submission"):
        rows += [
            (
                f"submission:{key.partition(':')[2]}:v{latest.version}",
                "late" if latest.late else "on time",
                "" if latest.complete else "partial",
                "",
                "",
                _moment(latest.received_at),
                latest.content_hash,
            )
            for key, latest in store.submissions.latest_of_cycle(report_year, step).items()
        ]
    return rows


def _moment(at: datetime | None) -> str:
    return iso(at) if at else ""
