"""Which products does a request have, and in which formats? `FORMATS` is the index; each is drawn from one content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import ActionRequest, Product
from tipcycle.rendering.request_cable import render_request_cable
from tipcycle.rendering.sheet import sheet_of
from tipcycle.rendering.sheet_docx import sheet_docx
from tipcycle.rendering.sheet_pdf import sheet_pdf
from tipcycle.rendering.sheet_text import sheet_text

Format = Literal["txt", "docx", "pdf"]

FORMATS: dict[Product, tuple[Format, ...]] = {
    "cable": ("txt",),
    "non-paper": ("txt", "docx", "pdf"),
    "talking-points": ("txt", "docx", "pdf"),
    "notes": ("txt", "docx", "pdf"),
}


@dataclass(frozen=True)
class Rendered:
    """One product in one format; text is UTF-8. `warnings` say what to look at before it is used."""

    product: Product
    format: Format
    content: bytes
    warnings: tuple[str, ...] = ()


def products_of(request: ActionRequest) -> tuple[Product, ...]:
    """The products that this request has: there is no non-paper where nothing is asked."""
    return tuple(one for one in FORMATS if one != "non-paper" or request.about.has_non_paper)


def draw_product(product: Product, request: ActionRequest, format: Format, *, templates: Path) -> Rendered:
    """The product in that format; raises `ConfigError` where there is none, or where a template is at fault."""
    if format not in FORMATS[product]:
        remedy = f"a {product} comes as {' or '.join(FORMATS[product])}"
        raise ConfigError([Fault("--format", "", format, remedy)])
    if product not in products_of(request):
        file = f"config/cycles/{request.about.report_year}/plans/{request.about.iso3}.yaml"
        raise ConfigError([Fault(file, "", "there is no plan, so there is no non-paper", "write one")])
    if product == "cable":
        cable = render_request_cable(request, templates=templates)
        return Rendered(product, format, cable.text.encode("utf-8"), cable.warnings)
    sheet = sheet_of(product, request, templates=templates)
    match format:
        case "docx":
            return Rendered(product, format, sheet_docx(sheet, templates=templates))
        case "pdf":
            return Rendered(product, format, *sheet_pdf(sheet, templates=templates))
    return Rendered(product, format, sheet_text(sheet).encode("utf-8"))


def draw_all(request: ActionRequest, *, templates: Path) -> tuple[Rendered, ...]:
    """Every product of the request in every format."""
    return tuple(
        draw_product(product, request, format, templates=templates)
        for product in products_of(request)
        for format in FORMATS[product]
    )
