"""Which digests that are not out yet would tell what is no longer so, or at night? They are taken back and
written anew.

A move of the tick's transaction; it does not commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tipcycle.model.message import WaitingDigest
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.operations.context import Context
from tipcycle.store import Store


def withdraw_stale(store: Store, cycle: Context, waiting: Sequence[WaitingDigest], *, at: datetime) -> None:
    """Take back what did not go out in the hours of its day, or tells what was answered or replanned meanwhile.

    `waiting` holds sealed digests, and those of unknown outcome which would be repeated by rule. A repeat may come on
    a later day, but never once its obligation was answered, nor with a date that was superseded.
    """
    for digest in waiting:
        if digest.report_year != cycle.config.report_year:
            continue
        carried = store.notices.of_message(digest.key)
        obligations = store.obligations.by_key({notice.obligation for notice in carried})
        overtaken = {one.key: why for one in carried if (why := overtaken_by(one, obligations[one.obligation]))}
        unknown = digest.state == "unknown"
        if not (overtaken or (not unknown and _past_its_time(digest, carried, cycle, at))):
            continue
        doubt = "; whether it had arrived is unknown" if unknown else ""
        if store.messages.withdraw(digest.key, f"overtaken before it went out{doubt}"):
            for key, why in overtaken.items():
                store.notices.decide([key], "cancelled", reason=f"{why}{doubt}", at=at, only_from=("queued", "unknown"))
            store.notices.release(digest.key)


def overtaken_by(notice: Notice, obligation: Obligation) -> str:
    """`answered`, `waived` or `replanned`: why nobody is to be told of a notice any more; "" while it is owed."""
    if obligation.standing != "missing":
        return "waived" if obligation.standing == "waived" else "answered"
    return "replanned" if notice.version != obligation.version else ""


def _past_its_time(digest: WaitingDigest, carried: Sequence[Notice], cycle: Context, at: datetime) -> bool:
    working = cycle.places.of(cycle.config.positions[digest.position])
    if working.local_date(at) > digest.local_on or any(notice.state != "queued" for notice in carried):
        return True
    if working.is_open(at):
        return False
    # Sealed in working hours and held up by the receiver until they were over; or forced, and its reason is gone.
    forced = not working.is_open(digest.sealed_at)
    return not forced or any(notice.latest_by is None or notice.latest_by < at for notice in carried)
