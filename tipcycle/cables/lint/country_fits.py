"""Do TO, TAGS and SUBJECT speak of the same country? It is taken from TO and TAGS, never from SUBJECT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "09 STATE 97909, which misspells the country in SUBJECT"
_NEAR = 0.75
_REACH = 500


def country_fits(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """Silent where TAGS name no country or several, and where SUBJECT names none."""
    header = reading.cable.header
    tags = [tag for tag in header.tags if tag in known.countries]
    answered = {tag for one in header.to for tag in known.posts.get(one.designator, ())}
    for tag in tags:
        if answered and tag not in answered:
            yield CableFinding(
                "country.to_and_tags",
                layout_severity(reading),
                None,
                reading.header_lines.get("TAGS"),
                f"TAGS name {known.countries[tag]} ({tag}); no post in TO answers for it.",
                "Correct TO or TAGS.",
                _SOURCE,
            )
    if len(tags) != 1:
        return
    named = _named(header.subject[:_REACH], tags[0], known)
    if named:
        yield CableFinding(
            "country.subject",
            layout_severity(reading),
            None,
            reading.header_lines.get("SUBJECT"),
            f"SUBJECT says {named}; TAGS and TO say {_plain(known.countries[tags[0]])}.",
            "Correct SUBJECT; the country is taken from TO and TAGS.",
            _SOURCE,
        )


def _named(subject: str, tag: str, known: Known) -> str | None:
    """The other country that SUBJECT names, or the words that are nearly this one; None if there is nothing to say."""
    meant = _plain(known.countries[tag])
    if _stands_in(meant, subject):
        return None
    for other in sorted(map(_plain, known.countries.values()), key=len, reverse=True):
        if _stands_in(other, subject):
            return other
    words, length = re.findall(r"[^\W\d_]+", subject.upper()), len(meant.split())
    windows = [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]
    return next((window for window in windows if SequenceMatcher(None, window, meant).ratio() >= _NEAR), None)


def _plain(name: str) -> str:
    return name.removeprefix("the ").upper()


def _stands_in(name: str, subject: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", subject.upper()) is not None
