"""Is no line longer than 55 characters?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import LINE, CableFinding


def lines_fit(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """From the first line of the cable on; what an archive put above it does not count."""
    for number, line in enumerate(reading.lines[reading.first_line - 1 :], reading.first_line):
        if len(line) > LINE:
            yield CableFinding(
                "line.too_long",
                layout_severity(reading),
                reading.paragraph_at(number),
                number,
                f"The line has {len(line)} characters; {LINE} is the most.",
                "Break it between words; shorten a word that does not fit.",
                "5 FAH-1 H-246",
            )
