"""What stands in which cell of a workbook? Values only; a formula is told and never worked out.

Source: ECMA-376 part 1, 18.3 (sheets) and 18.4 (shared strings). Read by ourselves and not by openpyxl: a sheet may
claim a million empty rows, and every fault has to come back with its cell.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from tipcycle.intake.xlsx_package import Package, RefusedError

_MOST_CELLS = 300_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Cell:
    """The value of a cell that is not empty; of a formula the text of what it holds is not kept."""

    kind: Literal["text", "number", "truth", "error", "formula"]
    text: str = ""
    number: float = 0


@dataclass(frozen=True)
class Page:
    """A sheet: its cells by row and column letters; `merged` names a merged range, if there is one."""

    title: str
    rows: dict[int, dict[str, Cell]]
    merged: str

    def cell(self, column: str, row: int) -> Cell | None:
        """What stands there, None if it is empty."""
        return self.rows.get(row, {}).get(column)


@dataclass(frozen=True)
class Book:
    """All sheets by title; days are counted from 1904 in some old books."""

    pages: dict[str, Page]
    from_1904: bool


def read_book(package: Package) -> Book:
    """Every sheet of the package, hidden ones too; raises `RefusedError`."""
    targets = _targets(package)
    strings = _shared_strings(package, targets)
    pages: dict[str, Page] = {}
    from_1904 = False
    for node in _nodes(package, _WORKBOOK):
        name = _local(node.tag)
        if name == "workbookPr":
            from_1904 = node.get("date1904") in ("1", "true")
        elif name == "sheet":
            title = node.get("name", "")
            relation = next((value for key, value in node.attrib.items() if _local(key) == "id"), "")
            if title in pages or relation not in targets:
                raise RefusedError("file.unreadable", _WORKBOOK, f'The sheet "{title[:40]}" is not where it should be.')
            pages[title] = _page(package, targets[relation], title, strings)
    return Book(pages, from_1904)


def _page(package: Package, part: str, title: str, strings: list[str]) -> Page:
    rows: dict[int, dict[str, Cell]] = {}
    merged, count = "", 0
    for node in _nodes(package, part):
        name = _local(node.tag)
        if name == "c":
            place = node.get("r", "")
            found = _REFERENCE.fullmatch(place)
            cell = _cell(node, strings, f"{title}!{place}"[:60])
            if not found:
                raise RefusedError("file.unreadable", f"{title}!{place}"[:60], "A cell has no place.")
            row = rows.setdefault(int(found[2]), {})
            if found[1] in row:
                raise RefusedError("file.unreadable", f"{title}!{place}", "The cell stands twice.")
            if cell:
                row[found[1]] = cell
            count += 1
            if count > _MOST_CELLS:
                raise RefusedError("file.too_large", title, f"The sheet has more than {_MOST_CELLS:,} cells.")
        elif name == "row":
            node.clear()
        elif name == "mergeCell":
            merged = merged or node.get("ref", "?")
    return Page(title, {number: rows[number] for number in sorted(rows) if rows[number]}, merged)


def _cell(node: ElementTree.Element, strings: list[str], where: str) -> Cell | None:
    parts = {_local(child.tag): child for child in node}
    if "f" in parts:
        return Cell("formula")
    kind, value = node.get("t", "n"), (parts["v"].text or "") if "v" in parts else ""
    if kind == "inlineStr":
        return _text(_joined(parts["is"])) if "is" in parts else None
    if value == "":
        return None
    if kind in ("str", "d"):
        return _text(value)
    if kind == "b":
        return Cell("truth", "yes" if value == "1" else "no")
    if kind == "e":
        return Cell("error", value[:20])
    try:
        number = float(value)
        if kind == "s":
            return _text(strings[_index(value)])
    except (ValueError, IndexError) as error:
        raise RefusedError("file.unreadable", where, "The cell holds no value that can be read.") from error
    if not math.isfinite(number):
        raise RefusedError("file.unreadable", where, "The cell holds no number.")
    return Cell("number", number=number)


def _index(value: str) -> int:
    """The place of a shared text; one before the first would be read from the end."""
    if not value.isascii() or not value.isdigit():
        raise ValueError(value)
    return int(value)


def _text(text: str) -> Cell | None:
    return Cell("text", text.strip()) if text.strip() else None


def _shared_strings(package: Package, targets: dict[str, str]) -> list[str]:
    part = next((one for one in targets.values() if one.lower().endswith("sharedstrings.xml")), "")
    return [_joined(node) for node in _nodes(package, part) if _local(node.tag) == "si"] if part else []


def _joined(node: ElementTree.Element) -> str:
    """The text of a string, plain or in runs; what is said of its pronunciation is no part of it."""
    runs = (node, *(child for child in node if _local(child.tag) == "r"))
    return "".join(child.text or "" for run in runs for child in run if _local(child.tag) == "t")


def _targets(package: Package) -> dict[str, str]:
    """The parts that the workbook names, by the id of the relation."""
    found: dict[str, str] = {}
    for node in _nodes(package, "xl/_rels/workbook.xml.rels"):
        if _local(node.tag) == "Relationship":
            if node.get("TargetMode") == "External":
                told = "The workbook is linked to a file outside."
                raise RefusedError("file.external_link", _WORKBOOK, told, "Type the values in, and send it again.")
            target = node.get("Target", "")
            found[node.get("Id", "")] = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
    return found


def _nodes(package: Package, part: str) -> Iterator[ElementTree.Element]:
    """Each element when it is complete, inner ones first."""
    try:
        # The package refused entities before: nothing in the part can grow or reach outside.
        for _, node in ElementTree.iterparse(io.BytesIO(package.read(part))):  # noqa: S314
            yield node
    except ElementTree.ParseError as error:
        raise RefusedError("file.unreadable", part, f"The part {part} is not XML: {error}.") from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
