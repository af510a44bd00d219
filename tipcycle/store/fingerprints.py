"""What does each row say, in a hash of a few letters? Two hashes a row: of what never changes, and of everything."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa

from tipcycle.store.schema import metadata
from tipcycle.store.whole_ledger import write_rows

# What the program itself changes in a row after it was added. Anything else stays as it was written.
_CHANGING = {
    "ledger": {"turn", "last_tick_at"},
    "cycles": {"listed_at", "closed_at", "bureaus_told_from"},
    "obligations": {
        "planned_on", "due_at", "version", "opened_at", "standing", "complete", "answered_at", "reason", "approver",
        "owner", "post",
    },
    "notices": {"state", "reason", "alarm", "message", "decided_at"},
    "messages": {
        "state", "reason", "attempts", "was_unknown", "attempted_at", "accepted_at", "receipt", "lease_owner",
        "lease_until_clock",
    },
    "answers": {"settled_at", "settled_by"},
    "uploads": {"state", "decided_at", "findings"},
    "split_levels": {"outcome", "tier", "note", "decided_by", "decided_at", "acting"},
    "holds": {"lifted_at", "lifted_by", "lifted_because"},
}  # fmt: skip
# Rows of these go again, as a refused address does when it is cleared.
GOING = frozenset({"refused_addresses", "skipped_rungs"})
_LETTERS = 20

Fingerprints = dict[str, dict[str, tuple[str, str]]]


def fingerprints(connection: sa.Connection) -> Fingerprints:
    """By table and key: the hash of the columns that stay, and of all."""
    found: Fingerprints = {}
    for table in metadata.sorted_tables:
        changing = _CHANGING.get(table.name, set())
        names = [column.name for column in table.primary_key.columns]
        rows = found[table.name] = {}
        for line in write_rows(connection, table.name):
            row = json.loads(line)
            fixed = {name: value for name, value in row.items() if name not in changing}
            rows["|".join(str(row[name]) for name in names)] = (_hash(json.dumps(fixed, sort_keys=True)), _hash(line))
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]
