"""The page behind a reminder's link. Opening it shows; only its own form, sent by a button, acts."""

from __future__ import annotations

from base64 import b64decode
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tipcycle.intake.read_short_answer import Fault
from tipcycle.model.signature import sign, verify
from tipcycle.model.token import Void
from tipcycle.operations.answer_by_link import Kept, Opened, answer_by_link, open_link
from tipcycle.operations.hand_out_workbooks import workbook_attachment
from tipcycle.rendering.answer_page import AnswerPage, render_answer_page, render_closed_page
from tipcycle.service.intake.door import door_of, slow_down
from tipcycle.service.intake.page import page
from tipcycle.settings import settings

_MOST_BYTES = 10_000
_STATUS = {"forged": 404, "expired": 410}

routes = APIRouter(include_in_schema=False, dependencies=[Depends(slow_down)])


@routes.api_route("/answer/{token}", methods=["GET", "HEAD"])
async def look(request: Request, token: str) -> Response:
    """Show what is owed; nothing is changed, however often a mail scanner comes by."""
    return await run_in_threadpool(_look, request, token)


@routes.get("/answer/{token}/workbook")
async def fetch_workbook(request: Request, token: str) -> Response:
    """The workbook in which the post answers; fetching it changes nothing."""
    return await run_in_threadpool(_workbook, request, token)


@routes.post("/answer/{token}")
async def act(request: Request, token: str) -> Response:
    """Keep the answer and show the page again, by a redirect: to reload it sends nothing."""
    fields = _read(await _body(request))
    return await run_in_threadpool(_act, request, token, fields)


def _workbook(request: Request, token: str) -> Response:
    opened = open_link(token, at=door_of(request).clock())
    if isinstance(opened, Void):
        return _closed(opened.why)
    book = workbook_attachment(opened.obligation)
    told = {"Content-Disposition": f'attachment; filename="{book.name}"', "Cache-Control": "no-store"}
    return Response(b64decode(book.text), media_type=book.content_type, headers=told)


def _look(request: Request, token: str) -> Response:
    opened = open_link(token, at=door_of(request).clock())
    return _closed(opened.why) if isinstance(opened, Void) else _shown(request, token, opened)


def _act(request: Request, token: str, fields: dict[str, str]) -> Response:
    at = door_of(request).clock()
    if not _from_our_page(token, fields):
        opened = open_link(token, at=at)
        return _closed(opened.why) if isinstance(opened, Void) else _closed("form", 400)
    found = answer_by_link(token, fields, at=at)
    match found:
        case Void():
            return _closed(found.why)
        case Opened():
            return _shown(request, token, found, status_code=409)
        case Kept(outcome="kept"):
            return RedirectResponse(token, 303, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
        case Kept():
            told = " ".join(f"{one.message} {one.remedy}" for one in found.findings if one.severity == "blocker")
            found = Fault(fields.get("answer", ""), "gate", told)
    opened = open_link(token, at=at)
    if isinstance(opened, Void):
        return _closed(opened.why)
    return _shown(request, token, opened, status_code=422, fault=found, typed=fields)


def _from_our_page(token: str, fields: dict[str, str]) -> bool:
    return token.isascii() and verify(_form_of(token), fields.get("form", ""), settings().signing_secret)


def _form_of(token: str) -> str:
    """What the page's hidden field signs: who sends it has looked at the page of this very link."""
    return f"form:{token}"


def _shown(
    request: Request,
    token: str,
    opened: Opened,
    *,
    status_code: int = 200,
    fault: Fault | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    cycle = opened.cycle
    shown = AnswerPage(
        obligation=opened.obligation,
        position=opened.position,
        answers=opened.answers,
        spent=opened.spent,
        form=sign(_form_of(token), settings().signing_secret),
        fault=vars(fault) if fault else None,
        typed=typed or {},
    )
    at = door_of(request).clock()
    html = render_answer_page(shown, config=cycle.config, places=cycle.places, templates=cycle.templates, at=at)
    return page(html, status_code)


def _closed(why: str, status_code: int | None = None) -> HTMLResponse:
    html = render_closed_page(settings().config_dir / "templates", why)
    return page(html, status_code or _STATUS[why])


async def _body(request: Request) -> bytes:
    """The form as it came; raises 413 beyond what a form of ours can hold."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                raise HTTPException(413, "That is no form of ours.", headers={"Connection": "close"})
    except ClientDisconnect as error:
        raise HTTPException(400, "The form broke off.") from error
    return body


def _read(body: bytes) -> dict[str, str]:
    """The last value of each field; what is no form at all has none."""
    try:
        found = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in found.items()}
