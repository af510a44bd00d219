"""A warm process that does a case again and again in children of its own, each killed at the instant it is told.

`python -m tests.crash.forge` reads a request a line and answers it with a line, both JSON. It has one thread, so a
child is a clean copy; everything is imported and config/ is read before the first fork.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import traceback
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Literal

import tipcycle
from tests.crash.cases import CASES, Case
from tests.crash.points import watch
from tests.smoke.story import YEAR
from tipcycle.errors import TipcycleError
from tipcycle.operations.context import context
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.tick import tick

_MINUTES = timedelta(minutes=5)
Settled = list[tuple[str, Literal["was-sent", "send-again"]]]


def main() -> None:
    """Answer requests until the input ends."""
    _warm()
    for line in sys.stdin:
        print(json.dumps(_in_a_child(json.loads(line))), flush=True)


def _warm() -> None:
    """Everything that a child would import or read, once; what is there now is not looked at by the collector."""
    for module in walk_packages(tipcycle.__path__, "tipcycle."):
        if "migrations" not in module.name and not module.name.startswith(("tipcycle.service", "tipcycle.cli")):
            import_module(module.name)
    for name in ("psycopg", "sqlalchemy.dialects.postgresql.psycopg", "slack_sdk.web.client", "typst"):
        import_module(name)
    context(YEAR)
    gc.freeze()


def _in_a_child(request: dict[str, Any]) -> dict[str, Any]:
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _child(request, writes)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    answer: dict[str, Any] = json.loads(said) if said else {}
    return answer | {"killed": os.WIFSIGNALED(status), "status": status}


def _child(request: dict[str, Any], writes: int) -> None:
    os.environ.update(request["environment"])
    kill_at = tuple(request["kill_at"]) if request["kill_at"] else None
    answer: dict[str, Any] = {}
    try:
        points = watch(kill_at, Path(request["environment"]["TIPCYCLE_VAR_DIR"]))
        answer["said"] = _STEPS[request["step"]](CASES[request["case"]], request["settled"])
        answer["points"] = points.seen
    except BaseException:
        answer["failed"] = traceback.format_exc()
    with os.fdopen(writes, "w", encoding="utf-8") as pipe:
        json.dump(answer, pipe)
    os._exit(0)


def _run(case: Case, _: Settled) -> str:
    case.run()
    return "done"


def _again(case: Case, _: Settled) -> str:
    """What people and the clock do after a crash: the same once more, and the next tick. It may refuse with reasons."""
    try:
        case.run()
        said = "done"
    except TipcycleError as error:
        said = f"refused: {error}"
    if case.mend:
        case.mend()
    _tick(case, 1)
    return said


def _after(case: Case, _: Settled) -> str:
    """The next tick where nothing was killed."""
    if case.mend:
        case.mend()
    _tick(case, 1)
    return "done"


def _settle(case: Case, settled: Settled) -> str:
    """A person looks up each message with an unknown outcome, and says so."""
    for key, as_ in settled:
        settle_unknown(key, as_=as_, actor="gtip.action-officer", at=case.at + _MINUTES)
    _tick(case, 2)
    return "done"


def _tick(case: Case, times: int) -> None:
    if case.ticks:
        asyncio.run(tick(case.at + times * _MINUTES))


_STEPS = {"run": _run, "again": _again, "after": _after, "settle": _settle}

if __name__ == "__main__":
    main()
