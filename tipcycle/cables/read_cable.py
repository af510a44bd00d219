"""What does the text of a cable say? Every text is read; what is odd about it is told and never raised.

Source: 09 STATE 97909 as archived; 5 FAH-1 H-246, 5 FAH-2 H-231 to H-252.
"""

from __future__ import annotations

from tipcycle.cables.read_header import read_header
from tipcycle.cables.read_paragraphs import read_paragraphs
from tipcycle.cables.read_transmission import read_transmission
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import Cable


def read_cable(text: str) -> Reading:
    """The parts of a cable and the oddities met, in the order of the text.

    1. Lines end at LF, CRLF or CR; a byte order mark is dropped and a tab is a space.
    2. The transmission, if there is one: what stands above it is the archive's, and quotes that the transmission
       scarred are mended. In a cable without one the text is taken to be meant as it stands.
    3. The header, up to the first paragraph; a repeated header is told and skipped.
    4. The paragraphs; in a transmitted cable the last line may be a signature.
    """
    lines = _lines(text)
    sent = read_transmission(lines)
    top = read_header(lines, sent)
    body = read_paragraphs(lines[: sent.end], start=top.end, transmitted=sent.transmission is not None)
    cable = Cable(top.header, body.paragraphs, sent.transmission, top.banner)
    return Reading(
        cable=cable,
        lines=lines,
        first_line=top.first_line,
        header_lines=top.lines,
        places=body.places,
        paragraph_lines=body.starts,
        oddities=top.oddities + body.oddities,
    )


def _lines(text: str) -> tuple[str, ...]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return tuple(line.rstrip() for line in plain.split("\n"))
