"""Are the captions known, and the most restrictive first?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

# Reading: the handbook gives the rule and these captions; the order of the last two is that of 09 STATE 97909.
CAPTIONS = ("NODIS", "EXDIS", "STADIS", "SENSITIVE", "SIPDIS")
_SOURCE = "5 FAH-2 H-251 and H-252.1"


def captions_are_known(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """One a line, the most restrictive first; one that we do not know is a warning."""
    line = reading.header_lines.get("CLASSIFICATION")
    captions = reading.cable.header.captions
    for caption in captions:
        if caption not in CAPTIONS:
            remedy = f"Check it; known are {', '.join(CAPTIONS)}, one a line."
            yield CableFinding(
                "caption.unknown", "warning", None, line, f'"{caption}" is not a caption known here.', remedy, _SOURCE
            )
    ranked = [caption for caption in captions if caption in CAPTIONS]
    in_order = sorted(ranked, key=CAPTIONS.index)
    if ranked != in_order:
        message = f"The captions stand as {', '.join(ranked)}."
        remedy = f"Write {', '.join(in_order)}: the most restrictive first."
        yield CableFinding("caption.order", layout_severity(reading), None, line, message, remedy, _SOURCE)
