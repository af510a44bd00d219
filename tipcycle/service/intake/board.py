"""The board under /board: looked at, never acted upon. Who may look: board_access.py beside it."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tipcycle.operations.draw_html_board import draw_bureau_page, draw_first_page
from tipcycle.service.intake.board_access import reader
from tipcycle.service.intake.door import door_of, slow_down
from tipcycle.service.intake.page import page

routes = APIRouter(include_in_schema=False, dependencies=[Depends(slow_down), Depends(reader)])


@routes.api_route("/board", methods=["GET", "HEAD"])
async def cycle(request: Request) -> Response:
    """The cycle at a glance."""
    at = door_of(request).clock()
    # Links are relative, so that a proxy may put us below a folder of its own.
    return page(await run_in_threadpool(draw_first_page, at, link=lambda bureau: f"board/{bureau}"))


@routes.api_route("/board/{bureau}", methods=["GET", "HEAD"])
async def one_bureau(request: Request, bureau: str) -> Response:
    """The posts of one bureau."""
    html = await run_in_threadpool(draw_bureau_page, bureau, door_of(request).clock(), back="../board")
    if html is None:
        raise HTTPException(404, "There is no page of such a bureau; /board lists those there are.")
    return page(html)
