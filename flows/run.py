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
    return await ended("refused", at=at, problems=str(error).splitlines())


async def ended(line: str, *, at: datetime, problems: Iterable[str] = (), details: Iterable[str] = ()) -> State[None]:
    """The run's last state: Completed with `line` and `details`, or Failed naming each problem; its name is `line`."""
    found = list(problems)
    run_id = UUID(runtime.flow_run.get_id())
    name = f"{runtime.flow_run.get_flow_name()} {at:%Y-%m-%d} · {line}"
    async with get_client() as client:
        await client.update_flow_run(run_id, name=name[:200])
    more = f"\n… and {len(found) - 20} more" if len(found) > 20 else ""
    told = f"{line}; {len(found)} went wrong:\n" + "\n".join(found[:20]) + more
    message = told if found else "\n".join((line, *details))
    # The page of a run opens on its log, and hides the message of its state behind two clicks.
    get_run_logger().log(ERROR if found else INFO, "%s\n\nEverything else: %s", message, _start_page())
    return Failed(message=message) if found else Completed(message=message)


def _start_page() -> str:
    """Where a person who looks at the run finds everything else; of a run about no cycle the pages of all."""
    year = runtime.flow_run.get_parameters().get("report_year")
    return f"{settings().ui_url}/artifacts{f'/key/{start_key(year)}' if year else ''}"
