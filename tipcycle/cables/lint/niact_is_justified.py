"""Is a cable that wakes people at night justified in its first paragraph, and sent so to those who must act only?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "5 FAH-2 H-421.2"
_JUSTIFIED = re.compile(r"\bNIACT\b|\bjustif|\bat any hour\b|\bnight action\b", re.IGNORECASE)


def niact_is_justified(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """NIACT asks for action at any hour, by action addressees; para 1 must say why."""
    header, paragraphs = reading.cable.header, reading.cable.paragraphs
    for one in header.info:
        if one.precedence.startswith("NIACT"):
            message = f"{one.designator} is an information addressee and is sent NIACT."
            remedy = "Give it IMMEDIATE, or make it an action addressee."
            line = reading.header_lines.get("INFO")
            yield CableFinding("niact.information", layout_severity(reading), None, line, message, remedy, _SOURCE)
    asked = (header.precedence, *(one.precedence for one in header.to))
    if not any(precedence.startswith("NIACT") for precedence in asked):
        return
    if not paragraphs or not _JUSTIFIED.search(" ".join(paragraphs[0].text)):
        yield CableFinding(
            "niact.not_justified",
            layout_severity(reading),
            paragraphs[0].number if paragraphs else None,
            reading.paragraph_lines[0] if paragraphs else None,
            "The cable is NIACT, and its first paragraph does not say why.",
            'Begin para 1 with the reason: "NIACT is justified because ...".',
            _SOURCE,
        )
