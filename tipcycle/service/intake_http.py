"""The intake: posts upload submissions and answer reminders here, and the board is shown. See docs/intake.md."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tipcycle.errors import TipcycleError
from tipcycle.intake.part_file import sweep_parts
from tipcycle.service.intake import answers, board, description, uploads
from tipcycle.service.intake.door import Door
from tipcycle.settings import PRIVATE, settings
from tipcycle.store import Store

_LOG = logging.getLogger("tipcycle.intake")
_SWEEP_SECONDS = 600  # beyond the longest upload, which a setting may stretch


class Health(BaseModel):
    """`ok` while the ledger can be read."""

    status: str = "ok"


def _clock() -> datetime:
    return datetime.now(UTC)


def create_app(*, clock: Callable[[], datetime] = _clock) -> FastAPI:
    """The application over the settings of this moment; `clock` says when things happen."""
    app = FastAPI(
        title="tipcycle intake",
        version="1",
        description="Where posts upload their submissions and ask what became of them.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.door = Door(settings(), clock)
    for part in (uploads, answers, board, description):
        app.include_router(part.routes)
    app.add_api_route(
        "/health",
        _health,
        summary="Is the intake able to take anything?",
        response_description="It is.",
        tags=["health"],
    )
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(TipcycleError, _unavailable)
    return app


async def _health() -> Health:
    """Answers 503 while the ledger cannot be read."""
    await run_in_threadpool(_read_ledger)
    return Health()


def _read_ledger() -> None:
    with Store.read(settings().ledger_url) as store:
        store.last_tick_at()


async def _refuse(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return _told(request, str(error.detail), error.status_code, error.headers)
    raise error


async def _unavailable(request: Request, error: Exception) -> Response:
    """What is wrong with our ledger or config is for our log, not for a stranger."""
    _LOG.error("%s", error)
    told = "The intake cannot work at the moment; nothing was kept. Try again later."
    return _told(request, told, 503, {"Retry-After": "60"})


def _told(request: Request, told: str, status_code: int, headers: Mapping[str, str] | None) -> Response:
    """A sentence for a person at a page, JSON for everybody else; no template, which may be what is broken."""
    if request.url.path.startswith(("/answer/", "/board")):
        return PlainTextResponse(told, status_code, headers=headers)
    return JSONResponse({"error": told}, status_code, headers=headers)


def run() -> None:
    """Serve until SIGTERM. No access log: the addresses of answer pages are keys."""
    os.umask(PRIVATE)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    now = settings()
    swept = sweep_parts(now.inbox, older_than_seconds=max(_SWEEP_SECONDS, 2 * now.intake_seconds))
    _LOG.info("listening on %s:%s; %s broken-off uploads swept away", now.intake_host, now.intake_port, swept)
    uvicorn.run(
        create_app(),
        host=now.intake_host,
        port=now.intake_port,
        access_log=False,
        server_header=False,
        proxy_headers=bool(now.intake_proxy),
        forwarded_allow_ips=now.intake_proxy or None,
        limit_concurrency=200,
        timeout_graceful_shutdown=5,
        log_level="warning",
    )


if __name__ == "__main__":
    run()
