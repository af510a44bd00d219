"""Is this content one that we read at all? Told by the bytes themselves, never by a name or a declared type."""

from __future__ import annotations

import re
import zipfile
from codecs import getincrementaldecoder
from pathlib import Path
from typing import Literal

ContentKind = Literal["yaml", "json", "workbook", "cable"]

SUFFIX: dict[ContentKind, str] = {"yaml": ".yaml", "json": ".json", "workbook": ".xlsx", "cable": ".txt"}
READ = "a submission as YAML or JSON text in UTF-8, a workbook (.xlsx), or the text of a cable"

_ZIP = b"PK\x03\x04"
_MOST_PARTS = 2_000  # a workbook of ours has about twenty
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Any head of the form will do: a file that was cut off must reach the gate, which says so.
_FORM = re.compile(r"^[\"']?(?:tipcycle|report_year|step|country|post|submitted_by|items)[\"']?\s*:", re.MULTILINE)
_CABLE = re.compile(r"^\s*(?:UNCLAS\b|UNCLASSIFIED\b|FM \S|SUBJECT:|SENSITIVE\s*$)", re.MULTILINE)


def content_kind(path: Path) -> ContentKind | None:
    """What `path` holds, or None for everything that no reader of ours takes."""
    raw = path.read_bytes()
    if raw.startswith(_ZIP):
        return "workbook" if _is_workbook(path) else None
    try:
        text = getincrementaldecoder("utf-8-sig")().decode(raw)  # it may end within a character
    except UnicodeDecodeError:
        return None
    return text_kind(text)


def text_kind(text: str) -> ContentKind | None:
    """The same for text that is no file yet."""
    if _CONTROL.search(text):
        return None
    if text.lstrip().startswith("{"):
        return "json"
    if _FORM.search(text):
        return "yaml"
    return "cable" if _CABLE.search(text) else None


def _is_workbook(path: Path) -> bool:
    """Looks at the list of parts only: nothing is unpacked here."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        return False
    return len(names) <= _MOST_PARTS and {"[Content_Types].xml", "xl/workbook.xml"} <= set(names)
