"""Taking a file over HTTP, and saying what became of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from tipcycle.intake.content_kind import READ, content_kind
from tipcycle.intake.part_file import PartFile
from tipcycle.model.token import Grant
from tipcycle.model.upload import Upload
from tipcycle.operations.receive_upload import is_known, keep_upload, read_upload
from tipcycle.service.intake.door import counted_grant, door_of, slow_down, upload_grant
from tipcycle.settings import settings

_LOG = logging.getLogger("tipcycle.intake")
_ID = "9f86d081884c7d659a2feaa0"
_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_FORM = "tipcycle: submission/1\nreport_year: 2010\nstep: progress-report\ncountry: AZE\n…\n...\n"


class Refusal(BaseModel):
    """Why a request was not carried out, for a person."""

    error: str = Field(examples=["The token has expired; ask for a new one."])


class Received(BaseModel):
    """The file lies in the inbox and is taken in within a quarter of an hour."""

    upload: str = Field(description="Ask after it by this id.", examples=[_ID])
    sha256: str = Field(description="Of the bytes that arrived: compare it with your own.", examples=[_SHA])


class FindingOut(BaseModel):
    """One thing the gate has to say; codes are listed in docs/submission-format.md."""

    code: str = Field(examples=["item.unanswered"])
    severity: Literal["blocker", "error", "warning", "info"]
    where: str = Field(examples=["items.HP3"])
    message: str
    remedy: str
    source: str


class UploadStatus(BaseModel):
    """What became of one upload."""

    upload: str = Field(description="The id you asked for.", examples=[_ID])
    obligation: str = Field(description="What its token was for.", examples=["obligation:2010:progress-report:AZE"])
    sha256: str = Field(description="Of the bytes that arrived.", examples=[_SHA])
    received_at: datetime = Field(description="When it arrived, in UTC.", examples=["2009-11-10T09:00:00Z"])
    state: Literal["waiting", "accepted", "identical", "refused"] = Field(
        description="`identical`: the same content stands in the ledger already; `refused`: see the blockers.",
        examples=["accepted"],
    )
    decided_at: datetime | None = Field(
        description="When it was taken in or refused; null while it waits.", examples=["2009-11-10T09:05:00Z"]
    )
    findings: list[FindingOut] = Field(
        description="What the gate said, each with code, severity, where, message, remedy and source."
    )


_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Refusal, "description": "No token, or one that is forged or expired."},
    429: {"model": Refusal, "description": "Too fast; `Retry-After` says when to go on."},
    503: {"model": Refusal, "description": "The ledger cannot be reached; nothing was kept."},
}


_NOT_FOUND = {"model": Refusal, "description": "No upload of that id for this token."}
_BODY = {
    "application/yaml": {"schema": {"type": "string"}, "example": _FORM},
    "application/json": {"schema": {"type": "object"}, "example": {"tipcycle": "submission/1", "report_year": 2010}},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        "schema": {"type": "string", "format": "binary"}
    },
    "text/plain": {"schema": {"type": "string"}, "example": "UNCLAS BAKU 000123\n…\n"},
}

routes = APIRouter(tags=["submissions"], dependencies=[Depends(slow_down)])


@routes.post(
    "/submissions",
    status_code=202,
    summary="Upload a submission",
    response_description="It lies in the inbox and is taken in within a quarter of an hour.",
    responses=_REFUSALS
    | {
        403: {"model": Refusal, "description": "The ledger does not know what the token is for."},
        408: {"model": Refusal, "description": "The upload took too long."},
        413: {"model": Refusal, "description": "Larger than the limit; refused while it arrives."},
        415: {"model": Refusal, "description": f"Not {READ}."},
    },
    openapi_extra={"requestBody": {"required": True, "description": f"The file itself: {READ}.", "content": _BODY}},
)
async def upload(request: Request, grant: Annotated[Grant, Depends(counted_grant)]) -> Received:
    """Send the file as the request's body, as it is: no form, no archive. It must answer what the token is for.

    Nothing is kept of a request that is refused or breaks off. The same bytes sent again while they wait are the
    same upload. Whether the file is acceptable is decided when it is taken in: ask after it.
    """
    if not await run_in_threadpool(is_known, grant.obligation):
        raise HTTPException(403, f"The ledger knows nothing of {grant.obligation}.")
    with PartFile(settings().inbox) as part:
        await _receive(request, part)
        kept = await run_in_threadpool(_keep, part, grant, door_of(request).clock())
    _LOG.info("upload %s for %s: waiting", kept.id, kept.obligation)
    return Received(upload=kept.id, sha256=kept.sha256)


@routes.get(
    "/submissions/{upload}",
    summary="What became of an upload?",
    response_description="How it stands.",
    responses=_REFUSALS | {404: _NOT_FOUND},
)
async def status(upload: str, grant: Annotated[Grant, Depends(upload_grant)]) -> UploadStatus:
    """Ask with the token of the same obligation."""
    found = await run_in_threadpool(read_upload, upload, obligation=grant.obligation)
    if found is None:
        raise HTTPException(404, "There is no upload of that id for this token.")
    return _status(found)


async def _receive(request: Request, part: PartFile) -> None:
    """Write the body to `part`; raises 413, 408 or 400, and reads no further than the limit."""
    most = settings().max_submission_bytes
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise _too_large(most)
    try:
        async with asyncio.timeout(settings().intake_seconds):
            async for chunk in request.stream():
                if part.size + len(chunk) > most:
                    raise _too_large(most)
                part.write(chunk)
    except TimeoutError as error:
        raise HTTPException(408, "The upload took too long.", headers={"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The upload broke off.") from error


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"The most that is taken is {most:,} bytes.", headers={"Connection": "close"})


def _keep(part: PartFile, grant: Grant, at: datetime) -> Upload:
    part.finish()
    kind = content_kind(part.path)
    if kind is None:
        raise HTTPException(415, f"Send {READ}.")
    return keep_upload(part, kind, obligation=grant.obligation, at=at)


def _status(found: Upload) -> UploadStatus:
    return UploadStatus(
        upload=found.id,
        obligation=found.obligation,
        sha256=found.sha256,
        received_at=found.received_at,
        state=found.state,
        decided_at=found.decided_at,
        findings=[FindingOut(**vars(finding)) for finding in found.findings],
    )
