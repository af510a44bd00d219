"""Does each paragraph carry its portion mark, and one that there is?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.read_paragraphs import PORTION_MARKS
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_LOOKS_MARKED = re.compile(r"\([A-Za-z]{1,5}(?:/[A-Za-z]{1,5})*\)")


def marks_are_known(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """The mark stands right behind the number; one paragraph that is the whole text needs it without a number too."""
    alone = len(reading.cable.paragraphs) == 1
    for paragraph, line in zip(reading.cable.paragraphs, reading.paragraph_lines, strict=True):
        if paragraph.mark is not None or (paragraph.number is None and not alone):
            continue
        looks = _LOOKS_MARKED.match(paragraph.text[0]) if paragraph.text else None
        yield CableFinding(
            "mark.unknown" if looks else "mark.missing",
            layout_severity(reading),
            paragraph.number,
            line,
            f"{looks[0]} is no portion mark." if looks else "The paragraph has no portion mark.",
            f"Put one of {', '.join(f'({mark})' for mark in PORTION_MARKS)} behind the number.",
            "5 FAH-1 H-246",
        )
