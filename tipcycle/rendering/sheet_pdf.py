"""How does a sheet become a PDF? Tagged PDF/UA-1 by typst, from config/templates/request/sheet.typ.

A character that no face has is written as its code, `[U+4E2D]`, and told.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import typst

from tipcycle.rendering.markup import Part
from tipcycle.rendering.sheet import Sheet
from tipcycle.rendering.typst_pdf import code, draw_pdf, not_drawn

_TEMPLATE = "request/sheet.typ"


def sheet_pdf(sheet: Sheet, *, templates: Path) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and a warning if there are characters that could not be drawn; raises `ConfigError` for the template.

    Equal sheets give equal bytes: every date in the file is the sheet's own.
    """
    try:
        return _drawn(sheet, templates), ()
    except typst.TypstError as error:
        missing = not_drawn(error)
    names = ", ".join(f"{one} (U+{ord(one):04X})" for one in missing)
    warning = f"the PDF has no letters for {names}; each stands there as its code, such as {code(missing[0])}"
    return _drawn(_spelt_out(sheet, missing), templates), (warning,)


def _drawn(sheet: Sheet, templates: Path) -> bytes:
    values = asdict(sheet) | {"dated": [sheet.dated.year, sheet.dated.month, sheet.dated.day]}
    return draw_pdf(_TEMPLATE, {"sheet": values}, templates=templates)


def _spelt_out(sheet: Sheet, missing: str) -> Sheet:
    codes = str.maketrans({one: code(one) for one in missing})
    parts = tuple(Part(part.kind, part.text.translate(codes), part.label.translate(codes)) for part in sheet.parts)
    facts = tuple((name, value.translate(codes)) for name, value in sheet.facts)
    title, country = sheet.title.translate(codes), sheet.country.translate(codes)
    return replace(sheet, parts=parts, facts=facts, title=title, country=country)
