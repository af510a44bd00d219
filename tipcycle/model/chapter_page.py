"""How does a chapter stand in a Markdown file that officers edit? The signs that both its writer and reader know.

A head names document, version and content; each section has a sign below its heading, and each sentence its anchor on
the line before it. All signs are HTML comments. docs/chapters.md tells an editor what may be changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipcycle.model.chapter import Chapter

MARKING = "SENSITIVE BUT UNCLASSIFIED"
TITLES = {"interim-chapter": "Interim assessment", "full-chapter": "Full assessment"}
HEAD = re.compile(
    r"<!--\s*tipcycle chapter\s+(?P<document>\S+)\s+version\s+(?P<version>\d{1,9})"
    r"\s+content\s+(?P<hash>[0-9a-f]{64})\s*-->"
)
ANCHOR = re.compile(r"<!--\s*@\s*(?P<anchor>[A-Za-z0-9][A-Za-z0-9._-]*)\s*-->")
NEW = re.compile(r"<!--\s*@\s*new\s*:(?P<sources>[^<>]*)-->")
SECTION = re.compile(r"<!--\s*#\s*(?P<section>[a-z0-9-]+)\s*-->")
NOTE = "<!-- note"  # begins what the reader passes over, up to its end: what is stale, and the notes on the draft


@dataclass(frozen=True)
class Head:
    """From which version of which chapter a file was written."""

    document: str
    version: int
    content_hash: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `anchor` None where it has none; `sources` are named where an editor wrote `@ new`.

    `line` is that of the text (from 1), `anchor_line` that of its anchor.
    """

    line: int
    section: str
    text: str
    anchor: str | None = None
    sources: tuple[str, ...] = ()
    anchor_line: int = 0


@dataclass(frozen=True)
class PageFault:
    """What is wrong at a line (from 1; 0 is the whole file), and how to mend it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


@dataclass(frozen=True)
class Heading:
    """A heading with the sign of its section below it."""

    line: int
    section: str
    title: str


@dataclass(frozen=True)
class Page:
    """What was read of a file, in its order; `before` are the paragraphs above the first section."""

    head: Head | None
    before: tuple[Paragraph, ...] = ()
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    faults: tuple[PageFault, ...] = ()


def furniture(chapter: Chapter, version: int) -> tuple[str, ...]:
    """The paragraphs above the first section that are no sentence; an editor has nothing to write there."""
    return (
        MARKING,
        *(f"> {example}" for example in chapter.examples),
        f"# {chapter.country}",
        subtitle(chapter, version),
    )


def subtitle(chapter: Chapter, version: int) -> str:
    """`Interim assessment, cycle 2010, draft, version 3.`"""
    return f"{TITLES[chapter.kind]}, cycle {chapter.report_year}, draft, version {version}."
