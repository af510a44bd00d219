"""Write docs/reliability.md from what the sweeps left under var/reliability; no figure on it is typed by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.reliability.findings import FOLDER
from tipcycle.settings import ROOT

PAGE = ROOT / "docs" / "reliability.md"
_HEAD = """\
# Reliability: what was tried, and what came of it

Each table was written by the command under its title, on the day and the machine that stand there. This page is made
from them by `make reliability`; do not edit it.
"""
_NEEDED = ("title", "source", "date", "machine", "columns", "rows")


def page(found: list[dict[str, Any]]) -> str:
    """The whole page; tables in the order given. Raises `ValueError` naming what a table lacks."""
    return "\n".join([_HEAD, *(_table(one) for one in found)])


def main(folder: Path = FOLDER, target: Path = PAGE) -> int:
    """Write the page; 1 where there is nothing to write it from."""
    files = sorted(folder.glob("*.json"))
    if not files:
        print(f"{folder} holds no findings; run a sweep first, such as: make crash", file=sys.stderr)
        return 1
    target.write_text(page([json.loads(file.read_text(encoding="utf-8")) for file in files]), encoding="utf-8")
    print(f"{target}: {len(files)} tables")
    return 0


def _table(found: dict[str, Any]) -> str:
    lacking = [name for name in _NEEDED if name not in found]
    if lacking:
        raise ValueError(f"{found.get('title', 'a table without a title')}: has no {', '.join(lacking)}")
    where = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found["machine"].items())
    lines = [f"## {found['title']}", "", f"`{found['source']}`, {found['date']}; {where}.", ""]
    lines += [_row(found["columns"]), "|" + " --- |" * len(found["columns"])]
    for row in found["rows"]:
        if len(row) != len(found["columns"]):
            raise ValueError(
                f"{found['title']}: a row has {len(row)} cells under {len(found['columns'])} columns: {row}"
            )
        lines.append(_row(row))
    for note in found.get("notes", ()):
        lines += ["", str(note)]
    return "\n".join([*lines, ""])


def _row(cells: list[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: object) -> str:
    text = f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
