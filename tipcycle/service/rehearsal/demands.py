"""What must hold of a rehearsal, so that it can fail? Raises naming what does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tipcycle.errors import TipcycleError
from tipcycle.model.placement import Tier
from tipcycle.operations.find_neglected import find_neglected
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.service.rehearsal.year_undone import year_undone
from tipcycle.settings import settings
from tipcycle.store import Store

if TYPE_CHECKING:  # Prefect reads the environment when it is imported, which the stage has to set first
    from prefect.client.schemas.objects import State

_MOST_SHOWN = 10


def require_success(state: State[Any]) -> None:
    """Raise with the reason of a flow that failed or crashed."""
    if state.is_failed() or state.is_crashed():
        raise TipcycleError(f"a flow {state.name.lower() if state.name else 'failed'}: {state.message}")


def require_planned_failure(state: State[Any], *, refused: Collection[str]) -> None:
    """The same for a tick, which may fail for one thing only: that the messages `refused` (keys) were, as planned."""
    problems = (state.message or "").splitlines()[1:]
    planned = [line for line in problems if line.partition(": refused: ")[0] in refused]
    if state.is_crashed() or not problems or planned != problems:
        require_success(state)


def refused_messages(report_years: Collection[int], position: str) -> set[str]:
    """The keys of what the mailbox of one position has refused in these cycles."""
    with Store.read(settings().ledger_url) as store:
        refused = [one for year in report_years for one in store.messages.in_states(year, ("refused",))]
    return {one.key for one in refused if one.position == position}


def require_sound_end(
    report_year: int, summary: Mapping[str, Any], *, at: datetime, placements: Mapping[str, Tier] | None = None
) -> None:
    """Raise if anything due by `at` was neglected, went out twice, or does not add up.

    A rehearsal that ran to its end gives the `placements` that the play ends with; then the whole year must be done.
    """
    wrong = [f"{key}: due and not decided" for key in find_neglected(report_year, at)]
    if summary["duplicates"]:
        wrong.append(f"{summary['duplicates']} messages were accepted more than once")
    notices = dict(summary["notices"])
    promised = notices.pop("promised")
    if promised != sum(notices.values()):
        wrong.append(f"{promised} notices promised, {sum(notices.values())} accounted for")
    wrong += verify_ledger()
    if placements is not None:
        wrong += year_undone(report_year, placements)
    if wrong:
        more = f"\n… and {len(wrong) - _MOST_SHOWN} more" if len(wrong) > _MOST_SHOWN else ""
        raise TipcycleError("the rehearsal ended unsound:\n" + "\n".join(wrong[:_MOST_SHOWN]) + more)
