"""What does a submission file say? One door for every form; the form is told by the content, not by the name."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from tipcycle.intake.inbox import printable_name
from tipcycle.intake.read_answer_cable import looks_like_a_cable, read_answer_cable
from tipcycle.intake.read_form_text import read_form_text
from tipcycle.intake.read_outcome import Read, refused
from tipcycle.intake.read_workbook import read_workbook

__all__ = ["Read", "read_content", "read_submission"]

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NAMES_THE_FORM = re.compile(r"""^[{\s]*["']?tipcycle["']?\s*:""", re.MULTILINE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_submission(path: Path, *, max_bytes: int, key: bytes = b"", follow_links: bool = True) -> Read:
    """Read one file; whatever it holds, the outcome is a value and never an exception.

    `key` is the one that workbooks are signed with; without it every workbook is refused.
    """
    try:
        handle = os.open(path, os.O_RDONLY | (0 if follow_links else getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        told = "It is a link, not a file."
        return refused("file.unreadable", printable_name(path), told, "Send the file itself.")
    with os.fdopen(handle, "rb") as file:
        size = os.fstat(handle).st_size
        if size > max_bytes:
            return _too_large(printable_name(path), size, max_bytes)
        raw = file.read(max_bytes + 1)
    return read_content(raw, name=printable_name(path), max_bytes=max_bytes, key=key)


def read_content(raw: bytes, *, name: str, max_bytes: int, key: bytes = b"") -> Read:
    """Read what came in as bytes, such as an upload; `name` is only told, never believed."""
    if len(raw) > max_bytes:
        return _too_large(name, len(raw), max_bytes)
    if raw.startswith(_ZIP):
        return read_workbook(raw, key=key)
    if raw.startswith(_OLD_OFFICE):
        told = "The file is in the old format of a spreadsheet, or has a password."
        return refused("file.unreadable", "byte 0", told, "Save it as .xlsx without a password, and send it again.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = "The file is text in UTF-16" if raw.startswith(_UTF_16) else "The file is not text in UTF-8"
        return refused("file.unreadable", f"byte {error.start}", f"{told}.", "Save it as UTF-8 in the form's layout.")
    if "\x00" in text:
        return refused("file.unreadable", f"byte {text.index(chr(0))}", "The file is binary.", "Send the form as text.")
    if looks_like_a_cable(text) and not _NAMES_THE_FORM.search(text):
        return read_answer_cable(text)
    return read_form_text(text)


def _too_large(name: str, size: int, most: int) -> Read:
    return refused(
        "file.too_large",
        name,
        f"The file has {size:,} bytes; the most that is read is {most:,}.",
        "Send the form itself, without attachments.",
    )
