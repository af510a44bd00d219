"""How does a cable read as text? Laid out as the handbook asks: numbered, marked, flush left, 55 characters a line.

Source: 5 FAH-1 H-246 (paragraphs), 5 FAH-2 H-231 to H-252 (addressees, captions); the order is that of 09 STATE 97909.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tipcycle.cables.ascii_text import ascii_cable
from tipcycle.cables.fold import IN_HEADER, IN_TEXT, fold
from tipcycle.cables.reference import format_number
from tipcycle.model.cable import LINE, Addressee, Cable, CableFinding, Header, Paragraph, Reference


@dataclass(frozen=True)
class WrittenCable:
    """The text with a newline at its end, and a warning for whatever could not be written as it was given."""

    text: str
    findings: tuple[CableFinding, ...]


def write_cable(cable: Cable) -> WrittenCable:
    """The cable as it is handed to the gateway, which adds the transmission; one that was added is left out.

    Findings: `text.transliterated` (warning) by paragraph, and `line.too_long` (error) for each word that is longer
    than a line. Text that starts with a number is indented by a space, so that it is not taken for a paragraph.
    `read_cable` gives the same value back, in ASCII and single spaces; only a paragraph without a mark whose text
    begins with one reads as marked.
    """
    cable, findings = ascii_cable(cable)
    header = "\n".join(_banner(cable.banner) + _header(cable.header))
    lines: list[tuple[int | None, str]] = [(None, line) for line in header.split("\n")]
    for paragraph in cable.paragraphs:
        lines += [(paragraph.number, line) for line in ("", *_paragraph(paragraph))]
    return WrittenCable("\n".join(line for _, line in lines) + "\n", findings + tuple(_too_long(lines)))


def _banner(banner: str) -> list[str]:
    return [*fold(banner, IN_HEADER), ""] if banner else []


def _header(header: Header) -> list[str]:
    serial = f"{header.serial:06}" if header.serial is not None else ""
    return [
        *([header.precedence] if header.precedence else []),
        f"FM {header.sender}",
        *_addressees("TO", header.to),
        *_addressees("INFO", header.info),
        " ".join(word for word in (header.classification, header.origin, serial) if word),
        "",
        *header.captions,
        *([""] if header.captions else []),
        *([f"E.O. {header.executive_order}"] if header.executive_order else []),
        *(fold(" ".join(header.tags), IN_HEADER, lead="TAGS: ") if header.tags else []),
        *fold(header.subject, IN_HEADER, lead="SUBJECT: "),
        *_references(header.references),
    ]


def _addressees(keyword: str, addressees: tuple[Addressee, ...]) -> Iterator[str]:
    for number, one in enumerate(addressees):
        line = f"{one.designator} {one.precedence}".rstrip()
        yield line if number else f"{keyword} {line}"


def _references(references: tuple[Reference, ...]) -> Iterator[str]:
    """A blank line, then the list; letters stand below each other, and what does not fit is indented further."""
    if references:
        yield ""
    for number, one in enumerate(references):
        yield from fold(_reference(one), IN_HEADER, lead="     " if number else "REF: ", indent=" " * 8)


def _reference(reference: Reference) -> str:
    letter = f"{reference.letter}. " if reference.letter else ""
    if reference.number is None:
        return letter + reference.title
    title = f" ({reference.title})" if reference.title else ""
    return letter + format_number(reference.number) + title


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    numbered = paragraph.number is not None
    number = f"{paragraph.number}. " if numbered else ""
    mark = f"({paragraph.mark}) " if paragraph.mark else ""
    first, *more = paragraph.text or ("",)
    unsafe = IN_TEXT if numbered else IN_HEADER
    yield from fold(number + mark + first, unsafe, lead="" if numbered else None)
    for block in more:
        yield ""
        yield from fold(block, unsafe)


def _too_long(lines: list[tuple[int | None, str]]) -> Iterator[CableFinding]:
    for number, (paragraph, line) in enumerate(lines, 1):
        if len(line) > LINE:
            yield CableFinding(
                "line.too_long",
                "error",
                paragraph,
                number,
                f"The line has {len(line)} characters, and cannot be broken.",
                f"Shorten it to {LINE} characters, or write it in several words.",
                "5 FAH-1 H-246",
            )
