"""Can the cable system carry every character?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.ascii_text import SOURCE, is_ascii
from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding


def text_is_ascii(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """Printable ASCII, from the first line of the cable on; one finding a line."""
    for number, line in enumerate(reading.lines[reading.first_line - 1 :], reading.first_line):
        if is_ascii(line):
            continue
        strange = "".join(dict.fromkeys(character for character in line if not is_ascii(character)))
        yield CableFinding(
            "text.not_ascii",
            layout_severity(reading),
            reading.paragraph_at(number),
            number,
            f"A cable carries ASCII only; the line has {strange[:20]!a}.",
            "Spell it in ASCII.",
            SOURCE,
        )
