"""How does a chapter look as a Word document? Marked on each page; what a drafter has to look at comes last."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from tipcycle.assessment.draft_notes import DraftNotes
from tipcycle.model.chapter import Chapter, Sentence
from tipcycle.model.chapter_page import MARKING, TITLES

# Control characters that no XML may hold; a text of the ledger has none, a text from a cable of long ago might.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_chapter_docx(path: Path, chapter: Chapter, notes: DraftNotes) -> None:
    """The chapter as a Word document, its marking in the header and footer of each page."""
    document = docx.Document()
    _page(document, chapter)
    _add(document, chapter.country, style="Heading1")
    for section in chapter.sections:
        _add(document, section.title, style="Heading2")
        for sentence in section.sentences:
            _sentence(document, sentence)
    if lines := notes.lines:
        _add(document, "For the drafter, not part of the text", style="Heading2")
        for line in lines:
            _add(document, line, style="ListBullet")
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _page(document: Document, chapter: Chapter) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(11)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    header = f"{MARKING} · {TITLES[chapter.kind]}, cycle {chapter.report_year}, draft"
    section.header.paragraphs[0].text = "\n".join([header, *chapter.examples])
    section.footer.paragraphs[0].text = MARKING


def _sentence(document: Document, sentence: Sentence) -> None:
    if sentence.anchor.endswith(".grade"):
        name, colon, rest = sentence.text.partition(": ")
        paragraph = _add(document, "", style="ListBullet")
        paragraph.add_run(_for_xml(name + colon)).bold = bool(colon)
        paragraph.add_run(_for_xml(rest))
    elif sentence.anchor.endswith(".reported"):
        _add(document, sentence.text, style="ListContinue")
    elif sentence.anchor.startswith(("law.", "statistic.")):
        _add(document, sentence.text, style="ListBullet")
    else:
        _add(document, sentence.text)


def _add(document: Document, text: str, *, style: str = "") -> Paragraph:
    """A paragraph; `style` is the id of a style of the template, which python-docx would look up anew by its name.

    That look-up was two thirds of the time that a chapter took.
    """
    paragraph = document.add_paragraph(_for_xml(text))
    if style:
        paragraph._p.style = style
    return paragraph


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
