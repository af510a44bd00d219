"""Is every cable of REF spoken of in the text?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.cross_references import referred_letters
from tipcycle.cables.lint.rule import Known
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding


def references_are_cited(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """A warning: a reference may be there for the file, but the post looks for the reason. "reftels" cites them all."""
    blocks = (text for paragraph in reading.cable.paragraphs for text in paragraph.text)
    cited = {letter for text in blocks for _, letter in referred_letters(text)}
    for reference in reading.cable.header.references:
        if reference.letter not in cited and "" not in cited:
            name = f"reftel {reference.letter}".rstrip()
            yield CableFinding(
                "ref.not_cited",
                "warning",
                None,
                reading.header_lines.get("REF"),
                f"No paragraph speaks of {name}.",
                f'Say what "{name}" is for, or take it out of REF.',
                "5 FAH-1 H-200",
            )
