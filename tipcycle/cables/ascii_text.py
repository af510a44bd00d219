"""How is a text spelt in the letters that a cable can carry? Printable ASCII; every change is told.

Source: 5 FAH-2 H-320 (what the transmission carries).
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from anyascii import anyascii

from tipcycle.model.cable import Addressee, Cable, CableFinding, Header, Paragraph, Reference

SOURCE = "5 FAH-2 H-320"


def is_ascii(text: str) -> bool:
    """Whether a cable can carry every character; blanks other than the space are not among them."""
    return text.isascii() and text.isprintable()


def ascii_text(text: str) -> str:
    """`text` in printable ASCII with single spaces; a character that has no spelling is left out."""
    spaced = " ".join(text.split())
    if is_ascii(spaced):
        return spaced
    return " ".join("".join(_spelt(character) for character in spaced).split())


def ascii_cable(cable: Cable) -> tuple[Cable, tuple[CableFinding, ...]]:
    """The cable in ASCII and single spaces, without empty blocks, and a warning for each part that changed."""
    findings: list[CableFinding] = []
    header = _ascii_header(cable.header, findings)
    paragraphs = tuple(_ascii_paragraph(paragraph, findings) for paragraph in cable.paragraphs)
    banner = _told(cable.banner, None, findings)
    return replace(cable, header=header, paragraphs=paragraphs, banner=banner), tuple(findings)


def _ascii_header(header: Header, findings: list[CableFinding]) -> Header:
    def told(text: str) -> str:
        return _told(text, None, findings)

    def addressees(listed: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
        return tuple(Addressee(told(one.designator), told(one.precedence)) for one in listed)

    return replace(
        header,
        sender=told(header.sender),
        to=addressees(header.to),
        info=addressees(header.info),
        captions=tuple(map(told, header.captions)),
        executive_order=told(header.executive_order),
        tags=tuple(map(told, header.tags)),
        subject=told(header.subject),
        references=tuple(Reference(one.letter, one.number, told(one.title)) for one in header.references),
    )


def _ascii_paragraph(paragraph: Paragraph, findings: list[CableFinding]) -> Paragraph:
    text = (_told(block, paragraph.number, findings) for block in paragraph.text)
    return replace(paragraph, text=tuple(block for block in text if block))


def _told(text: str, paragraph: int | None, findings: list[CableFinding]) -> str:
    spelt = " ".join(text.split())
    if is_ascii(spelt):
        return spelt
    spelt = ascii_text(text)
    strange = "".join(dict.fromkeys(one for one in text if not is_ascii(one) and not one.isspace()))
    if strange:
        direction = ", among it right-to-left text" if any(map(_right_to_left, strange)) else ""
        findings.append(
            CableFinding(
                "text.transliterated",
                "warning",
                paragraph,
                None,
                f"A cable carries ASCII only{direction}; {strange[:20]!a} is spelt in it: {spelt[:60]!r}.",
                "Read the spelling, and write the text in ASCII if it is not what you mean.",
                SOURCE,
            )
        )
    return spelt


def _spelt(character: str) -> str:
    if is_ascii(character):
        return character
    return "".join(one for one in anyascii(character) if is_ascii(one))


def _right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL", "RLE", "RLO", "RLI"}
