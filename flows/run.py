"""What does every flow do around its steps? Read the clock once, name its run like a log line, end with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from logging import ERROR, INFO
from uuid import UUID

from prefect import get_client, get_run_logger, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from tipcycle.errors import TipcycleError
from tipcycle.model.keys import start_key
from tipcycle.settings import settings

BATCH = 50


def moment(at: datetime | None) -> datetime:
    """`at` in UTC, or the clock when it is None; a moment without a zone is read as UTC."""
    if at is None:
        return datetime.now(UTC)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


async def refused(error: TipcycleError, *, at: datetime) -> State[None]:
    """The last state of a run that was asked for something that cannot be: Failed, with the reason and no traceback."""
    return await _last(Failed(message=f"refused:\n{error}"), "refused", at=at)


async def ended(line: str, *, at: datetime, problems: Iterable[str] = (), details: Iterable[str] = ()) -> State[None]:
    """The run's last state: Completed with `line` and `details`, or Failed naming each problem; its name is `line`."""
    found = list(problems)
    if not found:
        return await _last(Completed(message="\n".join((line, *details))), line, at=at)
    more = [f"… and {len(found) - 20} more"] if len(found) > 20 else []
    told = "\n".join((f"{line}; {len(found)} went wrong:", *found[:20], *more))
    return await _last(Failed(message=told), line, at=at)


async def _last(state: State[None], line: str, *, at: datetime) -> State[None]:
    """Name the run after its line, and tell its log what the page of a run hides behind two clicks: the message."""
    name = f"{runtime.flow_run.get_flow_name()} {at:%Y-%m-%d} · {line}"
    async with get_client() as client:
        await client.update_flow_run(UUID(runtime.flow_run.get_id()), name=name[:200])
    level = ERROR if state.is_failed() else INFO
    get_run_logger().log(level, "%s\n\nEverything else: %s", state.message, _start_page())
    return state


def _start_page() -> str:
    """Where a person who looks at the run finds everything else; of a run about no cycle the pages of all."""
    year = runtime.flow_run.get_parameters().get("report_year")
    return f"{settings().ui_url}/artifacts{f'/key/{start_key(year)}' if year else ''}"
