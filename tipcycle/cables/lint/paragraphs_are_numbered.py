"""Are the paragraphs numbered 1, 2, 3 without a gap?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "5 FAH-1 H-246"


def paragraphs_are_numbered(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """A single paragraph may stand without a number; a text without any paragraph is always an error."""
    paragraphs = reading.cable.paragraphs
    if not paragraphs:
        message, remedy = "There is no text.", "Give the whole cable."
        yield CableFinding("number.no_paragraph", "error", None, None, message, remedy, _SOURCE)
    if len(paragraphs) == 1 and paragraphs[0].number is None:
        return
    expected = 1
    for paragraph, line in zip(paragraphs, reading.paragraph_lines, strict=True):
        if paragraph.number is None:
            yield CableFinding(
                "number.missing",
                layout_severity(reading),
                None,
                line,
                "Text stands above the first numbered paragraph.",
                "Give it a number, or put it into a paragraph.",
                _SOURCE,
            )
            continue
        if paragraph.number != expected:
            yield CableFinding(
                "number.not_consecutive",
                layout_severity(reading),
                paragraph.number,
                line,
                f"The paragraph has number {paragraph.number}; {expected} would follow.",
                "Number the paragraphs anew; begin no line of text at the margin with a number.",
                _SOURCE,
            )
        expected = paragraph.number + 1
