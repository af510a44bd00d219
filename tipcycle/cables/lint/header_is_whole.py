"""Is every part of the header there?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

PARTS = {
    "FM": ("sender", "5 FAH-2 H-231"),
    "TO": ("to", "5 FAH-2 H-233"),
    "CLASSIFICATION": ("classification", "5 FAH-2 H-222"),
    "E.O.": ("executive_order", "5 FAH-1 H-200"),
    "TAGS": ("tags", "5 FAH-3 H-111"),
    "SUBJECT": ("subject", "5 FAH-1 H-200"),
}


def header_is_whole(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """A part without which nobody knows from whom, to whom or about what: an error in an archived cable too."""
    for keyword, (part, source) in PARTS.items():
        if not getattr(reading.cable.header, part):
            yield CableFinding(
                "header.missing",
                "error",
                None,
                reading.header_lines.get(keyword),
                f"The header has no {keyword}." if keyword != "CLASSIFICATION" else "The header has no classification.",
                "Add it in its place: FM, TO, classification, captions, E.O., TAGS, SUBJECT, REF.",
                source,
            )
