"""Is every TAGS a subject of four letters, an organization, or a country that we know?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_FORM = re.compile(r"[A-Z]{2,4}")
_SOURCE = "5 FAH-3 H-111"


def tags_are_formed(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """Two to four capitals. Two letters are a country or a region; regions start with X or Z."""
    line = reading.header_lines.get("TAGS")
    for tag in reading.cable.header.tags:
        if not _FORM.fullmatch(tag):
            remedy = "Write two to four capital letters, with spaces between the TAGS."
            yield CableFinding(
                "tags.form", layout_severity(reading), None, line, f'"{tag}" is no TAGS.', remedy, _SOURCE
            )
        elif len(tag) == 2 and tag not in known.countries and tag[0] not in "XZ":
            remedy = "Check it against the countries of config/countries.yaml."
            yield CableFinding(
                "tags.unknown_country", "warning", None, line, f'"{tag}" is the TAGS of no country.', remedy, _SOURCE
            )
