"""Does the header stand once, with nothing strange above or in it?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Oddity, Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "5 FAH-2 H-231 to H-252"


def header_stands_once(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """What the reader skipped on its way to the text."""
    for oddity in reading.oddities:
        told = _told(oddity)
        if told:
            code, message, remedy = told
            yield CableFinding(code, layout_severity(reading), None, oddity.line, message, remedy, _SOURCE)


def _told(oddity: Oddity) -> tuple[str, str, str] | None:
    if oddity.kind == "lines_above":
        remedy = "Nothing needs to be done: they are an archive's, and are not read."
        return "header.lines_above", f"{oddity.stands} stand above the transmission.", remedy
    if oddity.kind == "repeated_header":
        differing = f"; {oddity.read_as} differ, and the first is used" if oddity.read_as else " in the same words"
        return "header.repeated", f"The header stands again ({oddity.stands}){differing}.", "Keep the first."
    if oddity.kind == "unread_line":
        remedy = "Take it out, or write it behind the keyword that it belongs to."
        return "header.unread_line", f'"{oddity.stands[:60]}" is no part of a header.', remedy
    return None
