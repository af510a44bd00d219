"""Did the text keep its quotes, apostrophes and sentences in transmission?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "09 STATE 97909 paras 2, 3 and 8"


def quotes_are_whole(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """Scars of a transmitted cable were mended on reading; in ours they come from a text that was copied."""
    for oddity in reading.oddities:
        if oddity.kind == "quote_scar":
            read_as = f", and was read as {oddity.read_as}" if oddity.read_as else ""
            yield CableFinding(
                "quote.scar",
                layout_severity(reading),
                oddity.paragraph,
                oddity.line,
                f"{oddity.stands} lost a quote or an apostrophe{read_as}.",
                "Write the quote or the apostrophe.",
                _SOURCE,
            )
        elif oddity.kind == "broken_sentence":
            yield CableFinding(
                "text.broken_sentence",
                "warning",
                oddity.paragraph,
                oddity.line,
                f'A blank line breaks a sentence ("{oddity.stands}"); it was read as one.',
                "Take the blank line out.",
                _SOURCE,
            )
