"""What stands in a chapter's file that an officer edited? Its paragraphs with their anchors and lines.

White space, wrapping, the ends of lines and a byte order mark say nothing. What cannot be read is a fault with its
line; nothing is guessed, since a guess could lose an edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tipcycle.model.chapter_page import (
    ANCHOR,
    HEAD,
    MARKING,
    NEW,
    NOTE,
    SECTION,
    Head,
    Heading,
    Page,
    PageFault,
    Paragraph,
)

_LINE_END = re.compile(r"\r\n|\r|\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENDLESS = "the note that begins here has no end; put back --> on a line of its own"
_COMMENT_INSIDE = re.compile(r"(?<!\\)<!--")


def read_chapter(text: str) -> Page:
    """The file's head, headings and paragraphs; every fault is told, in the order of its line."""
    reader = _Reader()
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        reader.read(number, line.strip())
    return reader.page()


@dataclass
class _Reader:
    """Goes down the file line by line; what is open (a note, a paragraph, an anchor) waits for its end."""

    head: Head | None = None
    section: str = ""
    heading: tuple[int, str] | None = None
    anchor: Paragraph | None = None
    note: int = 0
    begun: int = 0
    lines: list[str] = field(default_factory=list)
    before: list[Paragraph] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    faults: list[PageFault] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        if self.note:
            self._in_note(number, line)
        elif not line:
            self._end_paragraph()
        elif line.startswith("<!--"):
            self._end_paragraph()
            self._sign(number, line)
        elif line.startswith("## ") and not self.lines:
            self._heading(number, line)
        else:
            self._text(number, line)

    def page(self) -> Page:
        self._end_paragraph()
        if self.note:
            self._fault(self.note, _ENDLESS)
        self._drop_anchor()
        self._drop_heading()
        faults = sorted(self.faults, key=lambda fault: fault.line)
        return Page(self.head, tuple(self.before), tuple(self.headings), tuple(self.paragraphs), tuple(faults))

    def _in_note(self, number: int, line: str) -> None:
        if line.startswith("<!--") and number != self.note:
            self._fault(self.note, _ENDLESS)
            self.note = 0
            self._sign(number, line)
        elif "-->" in line:
            self.note = 0
            if not line.endswith("-->"):
                self._fault(number, "text stands behind the end of a note; begin it on a line of its own")

    def _sign(self, number: int, line: str) -> None:
        if line.startswith(NOTE):
            self.note = number
            self._in_note(number, line)
        elif found := HEAD.fullmatch(line):
            if self.head:
                self._fault(number, "the head of the file stands twice; delete the second one")
            self.head = self.head or Head(found["document"], int(found["version"]), found["hash"])
        elif found := SECTION.fullmatch(line):
            self._section(number, found["section"])
        elif found := ANCHOR.fullmatch(line):
            self._wait(Paragraph(0, self.section, "", found["anchor"], anchor_line=number))
        elif found := NEW.fullmatch(line):
            names = tuple(name.strip() for name in found["sources"].split(","))
            self._wait(Paragraph(0, self.section, "", sources=names, anchor_line=number))
        else:
            self._fault(number, f'"{line[:60]}" is no sign of a chapter; an anchor is <!-- @ name --> on its own line')

    def _wait(self, anchor: Paragraph) -> None:
        self._drop_anchor()
        self._drop_heading()
        self.anchor = anchor

    def _drop_anchor(self) -> None:
        if self.anchor:
            name = self.anchor.anchor or "new"
            remedy = "delete the anchor too, and the sentence is taken out"
            self._fault(self.anchor.anchor_line, f"the anchor {name} has no text below it; {remedy}")
        self.anchor = None

    def _heading(self, number: int, line: str) -> None:
        self._drop_anchor()
        self._drop_heading()
        self.heading = (number, " ".join(line.removeprefix("## ").split()))

    def _drop_heading(self) -> None:
        if self.heading:
            number, title = self.heading
            self._fault(number, f'the sign of its section is missing below "{title[:60]}"; no heading can be added')
        self.heading = None

    def _section(self, number: int, section: str) -> None:
        self._drop_anchor()
        if self.heading is None:
            self._fault(number, f"the heading of the section {section} is missing above its sign; put it back")
        self.headings.append(Heading(number, section, self.heading[1] if self.heading else ""))
        self.heading, self.section = None, section

    def _text(self, number: int, line: str) -> None:
        self._drop_heading()
        if _COMMENT_INSIDE.search(line):
            self._fault(number, "a comment stands within the text; an anchor has a line of its own")
        self.begun = self.begun or number
        self.lines.append(line)

    def _end_paragraph(self) -> None:
        text = " ".join(" ".join(self.lines).split())
        begun, self.lines, self.begun = self.begun, [], 0
        if not text:
            return
        anchor, self.anchor = self.anchor, None
        where = self.paragraphs if self.section else self.before
        if anchor is None and text == MARKING:
            return
        plain = _ESCAPED.sub(r"\1", text)
        if anchor and not self.section:
            self._fault(anchor.anchor_line, "an anchor stands above the first section; no sentence belongs there")
        elif anchor:
            where.append(Paragraph(begun, self.section, plain, anchor.anchor, anchor.sources, anchor.anchor_line))
        else:
            where.append(Paragraph(begun, self.section, plain))

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(PageFault(line, message))
