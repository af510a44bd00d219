"""How does a sheet become a Word document? docxtpl fills config/templates/request/*.docx, which an office can edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tipcycle.rendering.markup import Part
from tipcycle.rendering.sheet import Paper, Sheet
from tipcycle.rendering.word_file import directed, filled, saved

TEMPLATES: dict[Paper, str] = {
    "non-paper": "non_paper.docx",
    "talking-points": "talking_points.docx",
    "notes": "post_notes.docx",
}


def sheet_docx(sheet: Sheet, *, templates: Path) -> bytes:
    """The document; raises `ConfigError` naming template, paragraph and variable. Equal sheets give equal bytes."""
    document = filled(f"request/{TEMPLATES[sheet.paper]}", values_of(sheet), templates=templates)
    return saved(document, title=f"{sheet.called}: {sheet.title}", dated=sheet.dated)


def values_of(sheet: Sheet) -> dict[str, Any]:
    """What a template can name. `parts`: kind, text, label, and whether a remark or note follows beneath."""
    following = [*sheet.parts[1:], Part("text", "")]
    return {
        "called": sheet.called,
        "title": directed(sheet.title),
        "marking": sheet.marking,
        "example": sheet.example,
        "country": sheet.country,
        "years": sheet.years,
        "facts": sheet.facts,
        "parts": [
            {
                "kind": part.kind,
                "text": directed(part.text),
                "label": part.label,
                "followed": after.kind in ("remark", "note"),
            }
            for part, after in zip(sheet.parts, following, strict=True)
        ],
    }
