"""How does a position sign what was filled into a form? By a code in its own mail, which the form is run again with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect.client.schemas.objects import State

from flows.run import ended
from tasks.messages import deliver_batch
from tasks.signing import seal_code
from tipcycle.errors import TipcycleError
from tipcycle.model.signing_code import Deed


async def code_sent(deed: Deed | None, lines: Sequence[str], *, at: datetime) -> State[None]:
    """The last state of a run that only shows `lines` and sends who signs them a code, at once."""
    if deed is None:
        raise TipcycleError("\n".join(("no code is needed for this", *lines)))
    report = await deliver_batch([await seal_code(deed, at=at)], at)
    return await ended(
        f"code for {deed.position} to {deed.what}",
        at=at,
        problems=[f"{one}; a later tick may still bring it, within the hour" for one in report.problems],
        details=("mailed; run it again with the code, and otherwise filled in as now", *lines),
    )
