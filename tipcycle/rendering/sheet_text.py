"""How does a sheet read as plain text? 72 columns, its marking at both ends, items hanging behind their labels."""

from __future__ import annotations

import textwrap

from tipcycle.rendering.markup import Part
from tipcycle.rendering.sheet import Sheet

_WIDTH = 72
_INDENT = 10


def sheet_text(sheet: Sheet) -> str:
    """The sheet as text with a newline at its end; nothing of it is left out or spelt otherwise."""
    told = [sheet.marking, *([_folded(sheet.example)] if sheet.example else [])]
    told += [f"{sheet.called.upper()}\n{_folded(sheet.title)}"]
    told += ["\n".join(f"{name + ':':<{_INDENT}}{value}" for name, value in sheet.facts)]
    for part in sheet.parts:
        if part.kind in ("remark", "note"):
            told[-1] += "\n" + _part(part)
        else:
            told.append(_part(part))
    return "\n\n".join([*told, sheet.marking]) + "\n"


def _part(part: Part) -> str:
    match part.kind:
        case "heading":
            lines = _folded(part.text)
            return f"\n{lines}\n{'=' * max(map(len, lines.splitlines()))}"
        case "subheading":
            return f"{part.text}\n{'-' * len(part.text)}"
        case "item":
            return _folded(part.text, first=f"  {part.label + '.':<{_INDENT - 2}}", rest=_INDENT)
        case "point":
            return _folded(part.text, first="  -- ", rest=5)
        case "remark" | "note":
            return _folded(part.text, first=" " * _INDENT, rest=_INDENT)
    return _folded(part.text)


def _folded(text: str, *, first: str = "", rest: int = 0) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
