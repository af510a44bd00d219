"""Go on without the concurrence of positions that were asked, reminded and stayed silent; a person signs for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tipcycle.clearance.override import why_no_override
from tipcycle.errors import StoreError
from tipcycle.model.clearance import Override
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context
from tipcycle.operations.decided_at import decided_at
from tipcycle.operations.documents_to_clear import Document, whom_to_ask
from tipcycle.operations.told_of_rounds import told_of_rounds
from tipcycle.store import Store


@dataclass(frozen=True)
class Asked:
    """When the first message that asks a position for a text was accepted (None: none was), until when it had time,
    and the later days on which it was told again.
    """

    at: datetime | None
    due_at: datetime
    reminded: tuple[str, ...]


def override_silence(
    store: Store,
    cycle: Context,
    documents: Sequence[Document],
    *,
    without: Sequence[str],
    approver: str,
    reason: str,
    at: datetime,
    preview: bool,
    signed: Mapping[str, Any],
) -> list[str]:
    """Sign, for each of these documents that waits for one of those positions; return a line each.

    `signed` is what the log keeps of how it was signed.
    Raises `StoreError` where it may be done for none of them, with the reasons.
    """
    require_reason("a text goes on without a concurrence", reason)
    lines, refused = [], []
    for position in without:
        require_position(cycle.config, position)
        seated = [one for one in documents if any(seat.position == position for seat in one.seats)]
        if not seated:
            raise StoreError(f"{position} has no seat in the chain of any of these documents")
        for document in seated:
            asked = asked_for(store, cycle, document, position)
            why = why_no_override(
                document.standing,
                position,
                approver,
                chain=cycle.config.clearance[document.kind],
                drafters=document.drafters,
                asked_at=asked.at if asked else None,
                due_at=asked.due_at if asked else None,
                at=at,
            )
            if why or asked is None or asked.at is None:
                refused.append(f"{document.label}: {why}")
                continue
            lines.append(_line(document, position, asked))
            if not preview:
                _sign(store, cycle, document, position, asked, approver=approver, reason=reason, at=at, signed=signed)
    if not lines:
        more = [f"… and {len(refused) - 10} more"] if len(refused) > 10 else []
        raise StoreError("\n".join([*dict.fromkeys(refused[:10]), *more]))
    return lines


def asked_for(store: Store, cycle: Context, document: Document, position: str) -> Asked | None:
    """How the seat of `position` was asked for the present text of a document, or None if it was not."""
    seat = next((one for one in document.seats if one.position == position), None)
    whom = whom_to_ask(seat, document.drafters) if seat else position
    rounds = [
        one
        for one in store.clearances.rounds(cycle.config.report_year)
        if (one.document, one.position, one.content_hash) == (document.key, whom, document.content_hash)
    ]
    if not rounds:
        return None
    duties = store.obligations.by_key({one.obligation for one in rounds})
    told = [moment for moments in told_of_rounds(store, rounds).values() for moment in moments]
    working = cycle.places.of(cycle.config.positions[whom])
    days = sorted({working.local_date(moment).isoformat() for moment in told})
    return Asked(min(told, default=None), max(one.due_at for one in duties.values()), tuple(days[1:]))


def _line(document: Document, position: str, asked: Asked) -> str:
    told = f"asked on {asked.at:%Y-%m-%d}" if asked.at else "never told"
    reminded = f"reminded on {', '.join(asked.reminded)}" if asked.reminded else "not reminded"
    return f"{document.label}: without concurrence of {position}, {told}, {reminded}"


def _sign(
    store: Store,
    cycle: Context,
    document: Document,
    position: str,
    asked: Asked,
    *,
    approver: str,
    reason: str,
    at: datetime,
    signed: Mapping[str, Any],
) -> None:
    year = cycle.config.report_year
    number = len(store.clearances.overrides(year).get(document.key, ())) + 1
    when = decided_at(store, year, store.clearances.latest(year).get(document.key), at=at)
    store.clearances.override(
        Override(
            document.key,
            number,
            year,
            position,
            approver,
            reason,
            document.content_hash,
            asked_at=asked.at,
            reminded=asked.reminded,
            decided_at=when,
        )
    )
    details = {"reason": reason, "content_hash": document.content_hash, "reminded": list(asked.reminded), **signed}
    store.acts.add("override-clearance", document.key, actor=approver, at=when, without=position, **details)
