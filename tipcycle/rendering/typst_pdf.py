"""How does typst draw a PDF that is the same on every machine? One compiler a process, packaged faces, no clock.

The faces are Libertinus Serif (Latin, Greek, Cyrillic, Hebrew; in typst) and Amiri (Arabic; in fontpkg-amiri).
Under PDF/UA typst refuses to draw a box for a character that none of them has.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_amiri
import typst

from tipcycle.errors import ConfigError, Fault

_NOT_DRAWN = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)*)"` could not be displayed')
_PLACE = re.compile(r"┌─ \S*?(?P<line>\d+):\d+")
_FORGETS_AFTER = 10
_NOTHING = b'#set document(title: "nothing")'
_PROBE = """#set document(title: "probe")
#set text(font: ("Libertinus Serif", "Amiri"))
#for one in json(bytes(sys.inputs.letters)) [#one \\ ]
"""


def draw_pdf(template: str, values: Mapping[str, Any], *, templates: Path) -> bytes:
    """The tagged PDF of a template of config/templates/ with its values, each handed in as JSON.

    Raises `ConfigError` with template and line, and `typst.TypstError` for a character that no face has.
    """
    if not (templates / template).is_file():
        raise ConfigError([Fault(f"config/templates/{template}", "", "", "the template is missing; restore it")])
    given = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    try:
        return _compiled(str(templates / template), templates, given)
    except typst.TypstError as error:
        if not_drawn(error):
            raise
        raise ConfigError([_fault(template, error)]) from error


def forget_drawn(*, templates: Path) -> None:
    """Let go of what typst keeps of a large document, to draw it faster again: half a gigabyte for 399 pages.

    It drops what the last ten documents did not need, so it draws eleven of nothing, a millisecond each.
    """
    for _ in range(_FORGETS_AFTER + 1):
        _compiled(_NOTHING, templates, {})
    with contextlib.suppress(AttributeError, OSError):  # no glibc, which gives back only when it is asked
        ctypes.CDLL(None).malloc_trim(0)


def letters_without_a_face(text: str, *, templates: Path) -> str:
    """The characters of a text that no face can draw, sorted; found by drawing each once."""
    letters = {one for one in text if one > "\x7f"}
    missing: set[str] = set()
    while letters:
        try:
            _compiled(_PROBE.encode(), templates, {"letters": json.dumps(sorted(letters))})
        except typst.TypstError as error:
            found = letters & set(not_drawn(error))
            if not found:
                raise
            missing |= found
            letters -= found
        else:
            break
    return "".join(sorted(missing))


def not_drawn(error: typst.TypstError) -> str:
    """The characters that no face has, each once, in the order met; "" where something else is wrong."""
    told = str(getattr(error, "diagnostic", "") or error)
    texts = (found["text"].replace('\\"', '"').replace("\\\\", "\\") for found in _NOT_DRAWN.finditer(told))
    return "".join(dict.fromkeys("".join(texts)))


def code(character: str) -> str:
    """`[U+4E2D]`: how a character stands there that cannot be drawn."""
    return f"[U+{ord(character):04X}]"


def _compiled(source: str | bytes, templates: Path, given: Mapping[str, str]) -> bytes:
    pdf = _compiler(templates).compile(
        input=source,  # type: ignore[type-var]  # a path or a source, as typst takes either
        format="pdf",
        sys_inputs=dict(given),
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return bytes(pdf)  # type: ignore[arg-type]  # one document: bytes, not a list of pages


@cache
def _compiler(templates: Path) -> typst.Compiler:
    """One compiler a process: reading its faces is most of the work of a first PDF."""
    faces = Path(fontpkg_amiri.__file__).parent / "files"
    return typst.Compiler(root=str(templates), font_paths=[str(faces)], ignore_system_fonts=True)


def _fault(template: str, error: typst.TypstError) -> Fault:
    """Template, line and what typst says, which names the variable or key."""
    diagnostic = str(getattr(error, "diagnostic", ""))
    place = _PLACE.search(diagnostic.partition("error:")[2])
    message: Any = getattr(error, "message", "") or error
    return Fault(f"config/templates/{template}", f"line {place['line']}" if place else "", "", str(message))
