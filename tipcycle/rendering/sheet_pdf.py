"""How does a sheet become a PDF? Tagged PDF/UA-1 by typst, from config/templates/request/sheet.typ.

Only the faces that come with packages are used, so that every machine draws the same: Libertinus Serif (Latin, Greek,
Cyrillic, Hebrew; in typst) and Amiri (Arabic; in fontpkg-amiri). A character that none of them has is written as its
code, `[U+4E2D]`, and told: under PDF/UA typst refuses to draw a box for it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_amiri
import typst

from tipcycle.errors import ConfigError, Fault
from tipcycle.rendering.markup import Part
from tipcycle.rendering.sheet import Sheet

_TEMPLATE = "request/sheet.typ"
_NOT_DRAWN = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)*)"` could not be displayed')
_PLACE = re.compile(r"┌─ \S*?(?P<line>\d+):\d+")


def sheet_pdf(sheet: Sheet, *, templates: Path) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and a warning if there are characters that could not be drawn; raises `ConfigError` for the template.

    Equal sheets give equal bytes: every date in the file is the sheet's own.
    """
    try:
        return _compiled(sheet, templates), ()
    except typst.TypstError as error:
        missing = _not_drawn(error)
        if not missing:
            raise ConfigError([_fault(error)]) from error
    spelt = _spelt_out(sheet, missing)
    names = ", ".join(f"{one} (U+{ord(one):04X})" for one in missing)
    warning = f"the PDF has no letters for {names}; each stands there as its code, such as {_code(missing[0])}"
    try:
        return _compiled(spelt, templates), (warning,)
    except typst.TypstError as error:
        raise ConfigError([_fault(error)]) from error


def _compiled(sheet: Sheet, templates: Path) -> bytes:
    if not (templates / _TEMPLATE).is_file():
        raise ConfigError([Fault(f"config/templates/{_TEMPLATE}", "", "", "the template is missing; restore it")])
    values = asdict(sheet) | {"dated": [sheet.dated.year, sheet.dated.month, sheet.dated.day]}
    pdf = _compiler(templates).compile(
        input=str(templates / _TEMPLATE),
        format="pdf",
        sys_inputs={"sheet": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return bytes(pdf)  # type: ignore[arg-type]  # one document: bytes, not a list of pages


@cache
def _compiler(templates: Path) -> typst.Compiler:
    """One compiler a process: reading its faces is most of the work of a first PDF."""
    faces = Path(fontpkg_amiri.__file__).parent / "files"
    return typst.Compiler(root=str(templates), font_paths=[str(faces)], ignore_system_fonts=True)


def _not_drawn(error: typst.TypstError) -> str:
    """The characters that no face has, each once, in the order met."""
    told = str(getattr(error, "diagnostic", "") or error)
    texts = (found["text"].replace('\\"', '"').replace("\\\\", "\\") for found in _NOT_DRAWN.finditer(told))
    return "".join(dict.fromkeys("".join(texts)))


def _spelt_out(sheet: Sheet, missing: str) -> Sheet:
    codes = str.maketrans({one: _code(one) for one in missing})
    parts = tuple(Part(part.kind, part.text.translate(codes), part.label.translate(codes)) for part in sheet.parts)
    facts = tuple((name, value.translate(codes)) for name, value in sheet.facts)
    title, country = sheet.title.translate(codes), sheet.country.translate(codes)
    return replace(sheet, parts=parts, facts=facts, title=title, country=country)


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _fault(error: typst.TypstError) -> Fault:
    """Template, line and what typst says, which names the variable or key."""
    diagnostic = str(getattr(error, "diagnostic", ""))
    place = _PLACE.search(diagnostic.partition("error:")[2])
    message: Any = getattr(error, "message", "") or error
    return Fault(f"config/templates/{_TEMPLATE}", f"line {place['line']}" if place else "", "", str(message))
