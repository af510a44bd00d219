"""Is this .xlsx file safe to open, and what is in its parts? Sizes, macros and links are looked at first of all.

Source: ECMA-376 (Office Open XML packages); what it allows and we do not: macros, links, entities, encryption.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from tipcycle.errors import SubmissionError
from tipcycle.intake.read_outcome import SOURCE
from tipcycle.model.submission import SubmissionFinding

_MOST_PARTS, _MOST_BYTES = 200, 30_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    IndexError,
    OverflowError,
    struct.error,
    zlib.error,
)
_MACRO = re.compile(r"vbaproject|/macrosheets/|/dialogsheets/|\.xlm$", re.IGNORECASE)
_LINKED = re.compile(
    r"/externallinks/|/embeddings/|/activex/|/ctrlprops/|/querytables/|connections\.xml$", re.IGNORECASE
)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RESEND = "Fill in the workbook that was sent, save it as .xlsx, and send it again."


class RefusedError(SubmissionError):
    """Why a workbook is not read any further: one finding, caught at the door of the reader."""

    def __init__(self, code: str, where: str, message: str, remedy: str = _RESEND) -> None:
        super().__init__(message)
        self.finding = SubmissionFinding(code, "blocker", where, message, remedy, SOURCE)


class Package:
    """An opened file that passed the checks; raises `RefusedError` for one that does not, or for a broken part."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self._parts = self._zip.infolist()
        except _BROKEN as error:
            told = "The file is not a whole .xlsx file; a part of it may be missing."
            raise RefusedError("file.truncated", "file", told) from error
        self._require_bounded()
        self._require_plain()

    def read(self, name: str) -> bytes:
        """The XML of one part, in UTF-8 and without entities, so that it can be parsed."""
        try:
            content = self._zip.read(name)
        except KeyError as error:
            raise RefusedError("file.unreadable", name, f"The part {name} is missing.") from error
        except _BROKEN as error:
            raise RefusedError("file.unreadable", name, f"The part {name} is damaged.") from error
        encoding = _ENCODING.match(content)
        if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise RefusedError("file.unreadable", name, f"The part {name} is not in UTF-8.")
        try:
            content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RefusedError("file.unreadable", name, f"The part {name} is not in UTF-8.") from error
        if _ENTITIES.search(content):
            raise RefusedError(
                "file.unreadable", name, f"The part {name} defines entities, which no workbook of ours does."
            )
        return content

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return any(part.filename == name for part in self._parts)

    def _require_bounded(self) -> None:
        """The sizes that a zip file tells bound what is ever unpacked: reading stops there."""
        size = sum(part.file_size for part in self._parts)
        if len(self._parts) > _MOST_PARTS or size > _MOST_BYTES:
            told = f"The file unpacks to {len(self._parts)} parts of {size:,} bytes together."
            raise RefusedError(
                "file.too_large", "file", told, "Send the workbook itself, without pictures or other sheets."
            )
        names = [part.filename for part in self._parts]
        if len(set(names)) != len(names):
            raise RefusedError("file.unreadable", "file", "The file has two parts of one name.")
        for part in self._parts:
            if part.flag_bits & 1:
                told = "The file is encrypted."
                raise RefusedError("file.unreadable", part.filename, told, "Save it without a password to open it.")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise RefusedError("file.unreadable", part.filename, "The file is packed in a way that no workbook is.")

    def _require_plain(self) -> None:
        for part in self._parts:
            name = f"/{part.filename}"
            if _MACRO.search(name):
                told = "The workbook has macros, which are never run and never needed."
                raise RefusedError(
                    "file.macro", part.filename, told, "Save it as .xlsx without macros, and send it again."
                )
            if _LINKED.search(name):
                told = "The workbook is linked to something outside, or has something embedded."
                raise RefusedError("file.external_link", part.filename, told, "Type the values in, and send it again.")
        if not self.has("[Content_Types].xml"):
            raise RefusedError("file.unreadable", "file", "The file is a zip file, and not a workbook.")
        if "macroenabled" in self._content_types():
            told = "The workbook is saved as one with macros."
            raise RefusedError("file.macro", "[Content_Types].xml", told, "Save it as .xlsx, and send it again.")

    def _content_types(self) -> str:
        """What the package says that its parts are, in one text."""
        name = "[Content_Types].xml"
        try:
            # Entities were refused on reading the part.
            root = ElementTree.fromstring(self.read(name))  # noqa: S314
        except ElementTree.ParseError as error:
            raise RefusedError("file.unreadable", name, f"The part {name} is not XML.") from error
        return " ".join(node.get("ContentType", "") for node in root.iter()).lower()
