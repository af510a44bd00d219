"""What becomes of a step that a person asked for and that cannot be? It ends as Refused, and its run says why, once.

Prefect logs every error that a task raises with a traceback, and every failed task in red above what the flow says. A
refusal is no fault of the program: the task is done when it has refused, and the flow is told by the operation's error.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tipcycle.errors import TipcycleError

P = ParamSpec("P")
R = TypeVar("R")
Step = Callable[P, Coroutine[Any, Any, R]]


def task_by_hand(*, name: str, timeout_seconds: int) -> Callable[[Step[P, R]], Step[P, R]]:
    """A task that is tried once; calling it raises `TipcycleError` where the operation refuses."""

    def made(fn: Step[P, R]) -> Step[P, R]:
        @task(name=name, cache_policy=NO_CACHE, timeout_seconds=timeout_seconds)
        @wraps(fn)
        async def tried(*args: P.args, **kwargs: P.kwargs) -> R | State[None]:
            try:
                return await fn(*args, **kwargs)
            except TipcycleError as error:
                return Completed(name="Refused", message=str(error))

        @wraps(fn)
        async def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            done = await tried(*args, **kwargs)
            if isinstance(done, State):
                raise TipcycleError(done.message or "refused")
            return done

        return asked

    return made
