"""How does a form answer? What was filled in is judged once more here, and what cannot be is refused in a sentence.

Prefect lets whoever starts a run switch its own check off, and its own check ends with a traceback; so flows with a
form are made with `validate_parameters=False`, and this decorator stands in its place.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, ParamSpec

from prefect.client.schemas.objects import State
from pydantic import TypeAdapter, ValidationError

from flows.run import moment, refused
from flows.telling import telling
from tipcycle.errors import TipcycleError
from tipcycle.settings import PRIVATE

P = ParamSpec("P")
Flow = Callable[P, Coroutine[Any, Any, State[None]]]


def form(fn: Flow[P]) -> Flow[P]:
    """Judge the parameters, run the flow, and let a refusal end the run as Failed with its reasons."""

    @wraps(fn)
    async def judged(*args: P.args, **kwargs: P.kwargs) -> State[None]:
        at = datetime.now(UTC)
        os.umask(PRIVATE)  # a worker may have been started by anything
        try:
            given = _judged(fn, args, kwargs)
            at = moment(given.arguments.get("at"))
            return await fn(*given.args, **given.kwargs)
        except TipcycleError as error:
            return await refused(error, at=at)

    return telling(judged)


def _judged(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> inspect.BoundArguments:
    """The parameters as the flow wants them; raises with every one that it cannot take."""
    signature, kinds = _kinds(fn)
    given = signature.bind_partial(*args, **kwargs)
    faults = []
    for name, kind in kinds.items():
        if name not in given.arguments:
            if signature.parameters[name].default is inspect.Parameter.empty:
                faults.append(f"{name}: is missing; fill it in")
            continue
        try:
            given.arguments[name] = kind.validate_python(given.arguments[name])
        except ValidationError as error:
            faults += [_fault(name, problem) for problem in error.errors()]
    if faults:
        raise TipcycleError("\n".join(faults))
    return given


@cache
def _kinds(fn: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, TypeAdapter[Any]]]:
    signature = inspect.signature(fn, eval_str=True)
    return signature, {name: TypeAdapter(one.annotation) for name, one in signature.parameters.items()}


def _fault(name: str, problem: Any) -> str:
    place = ".".join((name, *(str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])))
    if problem["type"] == "missing":
        return f"{place}: is missing; fill it in"
    given = problem["input"]
    shown = f'"{given[:60]}": ' if isinstance(given, str) and given else ""
    return f"{place}: {shown}{problem['msg'][:1].lower()}{problem['msg'][1:]}"
