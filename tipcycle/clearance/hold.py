"""From when on may a cleared document be released? A day after the last decision, so that it can be stopped.

Source: decision 0013.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tipcycle.clearance.chain import ChainStanding

HOLD = timedelta(hours=24)


def held_until(standings: Iterable[ChainStanding]) -> datetime | None:
    """The first moment of a release of these documents together, or None while one of them does not stand cleared."""
    moments = [one.cleared_at for one in standings]
    return max(moment for moment in moments if moment) + HOLD if moments and all(moments) else None
