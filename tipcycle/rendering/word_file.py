"""How does a Word template become a file? docxtpl fills it, and equal values give equal bytes.

The dates in the file and in its archive are the paper's own.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from markupsafe import Markup, escape

from tipcycle.errors import ConfigError, Fault

_DIRECTORY_ENTRY = 46  # bytes before the name, in the directory of a zip archive
_NO_DOCUMENT = (zipfile.BadZipFile, KeyError, SyntaxError)  # no archive, one without our parts, parts that are no XML
_PATCHED: dict[str, str] = {}
_COMPILED: dict[str, jinja2.Template] = {}
_ITS_OWN = re.compile(r"(?<=[{}%])(?=_[{}%])")
_RUN = Markup('</w:t></w:r><w:r><w:t xml:space="preserve">')
_RTL_RUN = Markup('</w:t></w:r><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">')


def filled(name: str, values: Mapping[str, Any], *, templates: Path) -> DocxTemplate:
    """The template `name` of config/templates/ with its values; raises `ConfigError` naming paragraph and variable."""
    document = _Template(io.BytesIO(_template(templates / name, name)))
    try:
        document.render(values, _environment(), autoescape=True)
    except _NO_DOCUMENT as error:
        remedy = "is no Word document; restore it, or save it anew as .docx"
        raise ConfigError([Fault(f"config/templates/{name}", "", "", remedy)]) from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ConfigError([_fault(name, error)]) from error
    return document


def saved(document: DocxTemplate, *, title: str, dated: date) -> bytes:
    """The file, its properties and every date in it those of the paper."""
    made_at = datetime.combine(dated, time(12), UTC)
    properties = document.docx.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "U.S. Department of State"
    properties.language = "en-US"
    properties.created = properties.modified = made_at
    properties.revision, properties.comments = 1, ""
    written = io.BytesIO()
    document.save(written)
    return _dated(written.getvalue(), made_at)


def directed(text: str) -> str | Markup:
    """Right-to-left words in runs of their own that say so, or Word would order and shape them as Latin ones.

    docxtpl reads `{_{` in a filled file as its own way to write two braces, so that such signs stand in two runs.
    """
    parts = [text] if "_" not in text else _ITS_OWN.split(text)
    runs = [(rtl, "".join(group)) for part in parts for rtl, group in groupby(part, key=right_to_left)]
    if len(parts) == 1 and not any(rtl for rtl, _ in runs):
        return text
    return Markup("").join((_RTL_RUN if rtl else _RUN) + escape(words) for rtl, words in runs)


def right_to_left(character: str) -> bool:
    """Whether a character is written from right to left."""
    return unicodedata.bidirectional(character) in ("R", "AL")


def _template(path: Path, name: str) -> bytes:
    file = f"config/templates/{name}"
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError([Fault(file, "", "", "the template is missing; restore it")]) from error
    except OSError as error:
        raise ConfigError([Fault(file, "", f"cannot be read: {error.strerror}", "restore the template")]) from error


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """Cleans each text of a template once, since it is the same for every document."""

    def patch_xml(self, src_xml: str) -> str:
        if src_xml not in _PATCHED:
            _PATCHED[src_xml] = super().patch_xml(src_xml)
        return _PATCHED[src_xml]


class _Environment(jinja2.Environment):
    """Compiles each text once: docxtpl hands in the same XML for every document of a template."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> jinja2.Template:
        if source not in _COMPILED:
            _COMPILED[source] = super().from_string(source, globals, template_class)
        return _COMPILED[source]


@cache
def _environment() -> jinja2.Environment:
    return _Environment(undefined=jinja2.StrictUndefined, autoescape=True)


def _fault(name: str, error: Exception) -> Fault:
    """docxtpl begins a line with each paragraph, so that a line of its XML is a paragraph of the template."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace and line is None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    place = f"paragraph {line - 1}" if line else ""
    return Fault(
        f"config/templates/{name}",
        place,
        "",
        str(getattr(error, "message", "") or f"{type(error).__name__}: {error}; correct the expression"),
    )


def _dated(written: bytes, made_at: datetime) -> bytes:
    """The same archive with that date on every entry: python-docx puts the clock there.

    A date stands twice, in the entry's own header and in the directory at the end; both are overwritten in place,
    which spares packing everything again.
    """
    dos = struct.pack("<HH", made_at.hour << 11, (made_at.year - 1980) << 9 | made_at.month << 5 | made_at.day)
    dated = bytearray(written)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        place = archive.start_dir
        for entry in archive.infolist():
            dated[entry.header_offset + 10 : entry.header_offset + 14] = dos
            dated[place + 12 : place + 16] = dos
            name, extra, comment = struct.unpack_from("<HHH", dated, place + 28)
            place += _DIRECTORY_ENTRY + name + extra + comment
    return bytes(dated)
