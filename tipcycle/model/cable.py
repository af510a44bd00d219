"""What is a cable made of? Header, numbered paragraphs, and the blocks that its text begins and ends by name.

Source: 09 STATE 97909; 5 FAH-1 H-246 (paragraphs), 5 FAH-2 H-222 to H-252 (header), H-320 (transmission).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LINE = 55


@dataclass(frozen=True)
class CableNumber:
    """`2009 STATE 97909` in parts; `year` has four digits, and is None where the cable does not say it."""

    year: int | None
    origin: str
    serial: int


@dataclass(frozen=True)
class Reference:
    """One entry of REF; `letter` is empty if it is the only one, `number` is None if `title` is all there is."""

    letter: str
    number: CableNumber | None
    title: str = ""


@dataclass(frozen=True)
class Addressee:
    """A post or office by its plain-language designator; `precedence` is its own, or empty."""

    designator: str
    precedence: str = ""


@dataclass(frozen=True)
class Header:
    """What stands above the text; a part that is not there is empty.

    `captions` are in the cable's order, one a line. `executive_order` is what follows `E.O.`, as `12958: N/A`.
    `serial` is None until the cable is numbered.
    """

    sender: str
    to: tuple[Addressee, ...]
    classification: str
    origin: str
    subject: str
    tags: tuple[str, ...] = ()
    precedence: str = ""
    info: tuple[Addressee, ...] = ()
    serial: int | None = None
    captions: tuple[str, ...] = ()
    executive_order: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `text` holds its blocks unfolded, a block being what stands between blank lines.

    `mark` is the portion mark without brackets, None if there is none. `number` is None for text that stands
    above the first number. A list item is a block that starts with `--`.
    """

    number: int | None
    mark: str | None
    text: tuple[str, ...]


@dataclass(frozen=True)
class Transmission:
    """What the sending station added: its lines as they stand, the date-time group in UTC, and the signature."""

    lines: tuple[str, ...]
    dated_at: datetime | None
    signature: str = ""


@dataclass(frozen=True)
class Cable:
    """A cable; `transmission` is None while it is still ours to change.

    `banner` is a line for whoever handles a cable that must not go out as it is, and stands above the header.
    """

    header: Header
    paragraphs: tuple[Paragraph, ...]
    transmission: Transmission | None = None
    banner: str = ""

    @property
    def number(self) -> CableNumber | None:
        """The cable's own number; the year is that of its date-time group."""
        if self.header.serial is None:
            return None
        dated_at = self.transmission.dated_at if self.transmission else None
        return CableNumber(dated_at.year if dated_at else None, self.header.origin, self.header.serial)


@dataclass(frozen=True)
class NamedBlock:
    """What stands between `Begin name:` and `End name.`, over one paragraph or several.

    `paragraphs` are their numbers in order. `closed_by` is the name after End: another one where they do not match,
    None where there is no End.
    """

    name: str
    paragraphs: tuple[int | None, ...]
    text: tuple[str, ...]
    closed_by: str | None


@dataclass(frozen=True)
class CableFinding:
    """One thing to say about a cable: where (line numbers count from 1), what, how to mend it, and whose rule it is."""

    code: str
    severity: Literal["error", "warning"]
    paragraph: int | None
    line: int | None
    message: str
    remedy: str
    source: str
