"""How does an assessment become a PDF? Tagged, by typst, from config/templates/assessment/paper.typ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tipcycle.model.assessment_paper import Front
from tipcycle.rendering.assessment_blocks import Block
from tipcycle.rendering.typst_pdf import code, draw_pdf, forget_drawn, letters_without_a_face

_TEMPLATE = "assessment/paper.typ"


def assessment_pdf(front: Front, blocks: Sequence[Block], *, templates: Path) -> bytes:
    """The PDF; a character that no face has stands there as its code. Equal papers give equal bytes."""
    on = front.edition.on
    values: dict[str, Any] = {
        "front": asdict(front) | {"edition": {"nature": front.edition.nature}, "dated": [on.year, on.month, on.day]},
        "blocks": [_values(block) for block in blocks],
    }
    missing = letters_without_a_face("".join(_texts(values)), templates=templates)
    if missing:
        values = _spelt(values, str.maketrans({one: code(one) for one in missing}))
    drawn = draw_pdf(_TEMPLATE, values, templates=templates)
    forget_drawn(templates=templates)
    return drawn


def _values(block: Block) -> dict[str, Any]:
    """`asdict` without its deep copies: there are thousands of blocks."""
    table = block.table
    drawn = {"head": table.head, "rows": table.rows, "shares": table.shares} if table else None
    return {"kind": block.kind, "text": block.text, "label": block.label, "table": drawn}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [text for child in children for text in _texts(child)]


def _spelt(value: Any, codes: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(codes)
    if isinstance(value, dict):
        return {name: _spelt(one, codes) for name, one in value.items()}
    return [_spelt(one, codes) for one in value] if isinstance(value, (list, tuple)) else value
