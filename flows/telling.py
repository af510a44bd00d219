"""Who hears what a flow did? Prefect, as events: a flow under which the log grew tells what was added to it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

from prefect.client.schemas.objects import State

from tasks.facts import tell_facts
from tipcycle.operations.read_facts import last_fact

P = ParamSpec("P")
Flow = Callable[P, Coroutine[Any, Any, State[None]]]


def telling(fn: Flow[P]) -> Flow[P]:
    """Run the flow; an idle one costs two look-ups more. That telling failed is no failure of what was done."""

    @wraps(fn)
    async def told(*args: P.args, **kwargs: P.kwargs) -> State[None]:
        before = last_fact()
        state = await fn(*args, **kwargs)
        if last_fact() != before:
            telling_them: Any = tell_facts(return_state=True)
            await telling_them
        return state

    return told
