"""The OpenAPI page, drawn here: the usual one loads its program from somebody else's server."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from tipcycle.rendering.templates import render
from tipcycle.service.intake.door import slow_down
from tipcycle.service.intake.page import page
from tipcycle.settings import settings

routes = APIRouter(include_in_schema=False, dependencies=[Depends(slow_down)])


@routes.get("/docs")
async def description(request: Request) -> HTMLResponse:
    """Every operation with what it takes, what it answers and an example."""
    schema = request.app.openapi()
    values = {"info": schema["info"], "operations": list(_operations(schema))}
    return page(render(settings().config_dir / "templates", "intake_description.html.j2", **values))


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    models = schema.get("components", {}).get("schemas", {})
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": told.get("summary", ""),
            "description": told.get("description", "").split("\n\n"),
            "needs_token": bool(told.get("security")),
            "body": told.get("requestBody"),
            "answers": [
                {"code": code, "description": answer.get("description", ""), "fields": _fields(answer, models)}
                for code, answer in sorted(told["responses"].items())
                if code != "422"  # nothing is ever refused as unprocessable
            ],
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]


def _fields(answer: dict[str, Any], models: dict[str, Any]) -> list[dict[str, str]]:
    reference = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    properties = models.get(reference.rpartition("/")[2], {}).get("properties", {})
    return [
        {
            "name": name,
            "description": told.get("description", ""),
            "example": str(next(iter(told.get("examples", ())), "")),
        }
        for name, told in properties.items()
    ]
