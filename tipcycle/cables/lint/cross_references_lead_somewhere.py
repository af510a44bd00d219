"""Does every "para 8", "paras 2-4" and "reftel B" of the text point to something that is there?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.cross_references import referred_letters, referred_paragraphs
from tipcycle.cables.lint.rule import Known
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "09 STATE 97909 paras 1, 2, 4 and 6"


def cross_references_lead_somewhere(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """An error in an archived cable too: either a part is missing or the reader is misled."""
    numbers = {paragraph.number for paragraph in reading.cable.paragraphs}
    letters = {reference.letter for reference in reading.cable.header.references}
    for at, paragraph in enumerate(reading.cable.paragraphs):
        for text, place in zip(paragraph.text, reading.places[at], strict=True):
            for offset, number in referred_paragraphs(text):
                if number not in numbers:
                    message, remedy = f"There is no para {number}.", "Refer to a paragraph of this cable."
                    yield CableFinding(
                        "para.not_there",
                        "error",
                        paragraph.number,
                        place.line_at(offset),
                        message,
                        remedy,
                        _SOURCE,
                    )
            for offset, letter in referred_letters(text):
                if letter not in letters and (letter or not letters):
                    message = f"There is no reftel {letter}." if letter else "There is no REF."
                    remedy = "Add it to REF, or name a letter that is there."
                    yield CableFinding(
                        "ref.not_there", "error", paragraph.number, place.line_at(offset), message, remedy, _SOURCE
                    )
