"""How does a chapter look as a Word document? Marked on each page; what a drafter has to look at comes last."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from tipcycle.assessment.draft_notes import DraftNotes
from tipcycle.model.chapter import Chapter, Sentence
from tipcycle.model.chapter_page import MARKING, TITLES

# Control characters that no XML may hold; a text of the ledger has none, a text from a cable of long ago might.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_chapter_docx(path: Path, chapter: Chapter, notes: DraftNotes) -> None:
    """The chapter as a Word document, its marking in the header and footer of each page."""
    document = docx.Document()
    _page(document, chapter)
    document.add_heading(chapter.country, level=1)
    for section in chapter.sections:
        document.add_heading(section.title, level=2)
        for sentence in section.sentences:
            _sentence(document, sentence)
    if lines := notes.lines:
        document.add_heading("For the drafter, not part of the text", level=2)
        for line in lines:
            document.add_paragraph(_for_xml(line), style="List Bullet")
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
    text = _for_xml(sentence.text)
    if sentence.anchor.endswith(".grade"):
        name, colon, rest = text.partition(": ")
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(name + colon).bold = bool(colon)
        paragraph.add_run(rest)
    elif sentence.anchor.endswith(".reported"):
        document.add_paragraph(text, style="List Continue")
    elif sentence.anchor.startswith(("law.", "statistic.")):
        document.add_paragraph(text, style="List Bullet")
    else:
        document.add_paragraph(text)


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
