"""Slack and the cable gateway with a fault for each address that has one; a gateway may also ignore its contract."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver

WebFault = Literal[
    "too many",  # 429 with a short Retry-After, once
    "too many for long",  # 429 with a Retry-After of an hour, once
    "broken",  # 500 before anything was done, once
    "broken after",  # keeps it and answers 500, once
    "away",  # 503, once
    "bad token",  # refuses the token while `token_is_bad`
    "page",  # keeps it and answers with a page that is no answer, once
    "stall at the end",  # keeps it and answers too late, once
]
UNKNOWABLE: frozenset[WebFault] = frozenset({"broken", "broken after", "page", "stall at the end"})
_KEPT = ("broken after", "page", "stall at the end")
WebPlan = Mapping[str, WebFault]  # by address


class _Faults:
    """Which fault comes about now; `done` counts them, `unknowable` are the keys of which no sender can know."""

    def __init__(self, plan: WebPlan, stall_seconds: float) -> None:
        self.token_is_bad = True
        self.done: Counter[WebFault] = Counter()
        self.unknowable: set[str] = set()
        self._plan, self._stall_seconds = plan, stall_seconds
        self._had: set[str] = set()

    def next(self, address: str, key: str) -> WebFault | None:
        """The fault of this very request."""
        fault = self._plan.get(address)
        if fault is None or (fault == "bad token" and not self.token_is_bad):
            return None
        if fault != "bad token" and address in self._had:
            return None
        self._had.add(address)
        self.done[fault] += 1
        if fault in UNKNOWABLE:
            self.unknowable.add(key)
        return fault

    async def answer(self, fault: WebFault, refused_token: Response) -> Response:
        """What is answered in place of the receiver's own answer."""
        if fault == "stall at the end":
            await asyncio.sleep(self._stall_seconds)
        return {
            "too many": JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": "1"}),
            "too many for long": JSONResponse(
                {"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": "3600"}
            ),
            "away": PlainTextResponse("away for a moment", 503),
            "page": PlainTextResponse("{<html>a page of some proxy", 200),
            "bad token": refused_token,
        }.get(fault, PlainTextResponse("<html>broken</html>", 500))


def _too_many(seconds: str) -> Response:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": seconds})


class FaultySlack(SlackReceiver):
    """A workspace with faults by channel."""

    def __init__(self, folder: Path, plan: WebPlan, *, stall_seconds: float) -> None:
        super().__init__(folder)
        self.faults = _Faults(plan, stall_seconds)

    async def _post(self, request: Request) -> Response:  # type: ignore[override]
        sent = await request.json()
        fault = self.faults.next(str(sent["channel"]), str(sent["metadata"]["event_payload"]["key"]))
        if fault is None:
            return await super()._post(request)
        if fault in _KEPT:
            await super()._post(request)
        return await self.faults.answer(fault, JSONResponse({"ok": False, "error": "invalid_auth"}))


class FaultyGateway(GatewayReceiver):
    """A gateway with faults by addressee; one that is not `idempotent` takes a repeat for a new cable."""

    def __init__(self, folder: Path, plan: WebPlan, *, stall_seconds: float, idempotent: bool = True) -> None:
        super().__init__(folder)
        self.faults = _Faults(plan, stall_seconds)
        self._idempotent = idempotent

    async def _post(self, request: Request) -> Response:  # type: ignore[override]
        cable = await request.json()
        fault = self.faults.next(str(cable["to"]), request.headers["Idempotency-Key"])
        if fault is None:
            return await self._take(request)
        if fault in _KEPT:
            await self._take(request)
        return await self.faults.answer(fault, JSONResponse({"error": "who are you?"}, 401))

    async def _take(self, request: Request) -> Response:
        if not self._idempotent:
            self._numbers.pop(request.headers.get("Idempotency-Key", ""), None)
        return await super()._post(request)
