"""How does a chapter look as a Word document? Marked on each page; what a drafter has to look at comes last.

python-docx makes the page once; each chapter's paragraphs are written into it as XML, a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.shared import Cm, Pt

from tipcycle.assessment.draft_notes import DraftNotes
from tipcycle.model.chapter import Chapter, Sentence
from tipcycle.model.chapter_page import MARKING, TITLES

# Control characters that no XML may hold; a text of the ledger has none, a text from a cable of long ago might.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BODY, _DOCUMENT = "[BODY]", "word/document.xml"
_DATED = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows: equal chapters are equal files


def write_chapter_docx(path: Path, chapter: Chapter, notes: DraftNotes) -> None:
    """The chapter as a Word document, its marking in the header and footer of each page."""
    header = f"{MARKING} · {TITLES[chapter.kind]}, cycle {chapter.report_year}, draft"
    body = "".join(_paragraphs(chapter, notes)).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, before, after in _page("\n".join([header, *chapter.examples])):
            content = before + body + after if name == _DOCUMENT else before
            packed.writestr(ZipInfo(name, _DATED), content, compress_type=ZIP_DEFLATED)


@cache
def _page(header: str) -> tuple[tuple[str, bytes, bytes], ...]:
    """The parts of an empty document by name; that of the text in two halves, before and after the paragraphs."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(11)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = _for_xml(header)
    section.footer.paragraphs[0].text = MARKING
    document.add_paragraph(_BODY)
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as packed:
        return tuple((one.filename, *_halves(one.filename, packed.read(one))) for one in packed.infolist())


def _halves(name: str, content: bytes) -> tuple[bytes, bytes]:
    if name != _DOCUMENT:
        return content, b""
    before, after = re.split(rb"<w:p>(?:(?!</w:p>).)*" + re.escape(_BODY.encode()) + rb".*?</w:p>", content)
    return before, after


def _paragraphs(chapter: Chapter, notes: DraftNotes) -> Iterator[str]:
    yield _paragraph(_run(chapter.country), style="Heading1")
    for section in chapter.sections:
        yield _paragraph(_run(section.title), style="Heading2")
        for sentence in section.sentences:
            yield _sentence(sentence)
    if lines := notes.lines:
        yield _paragraph(_run("For the drafter, not part of the text"), style="Heading2")
        for line in lines:
            yield _paragraph(_run(line), style="ListBullet")


def _sentence(sentence: Sentence) -> str:
    if sentence.anchor.endswith(".grade"):
        name, colon, rest = sentence.text.partition(": ")
        return _paragraph(_run(name + colon, bold=bool(colon)) + _run(rest), style="ListBullet")
    if sentence.anchor.endswith(".reported"):
        return _paragraph(_run(sentence.text), style="ListContinue")
    listed = sentence.anchor.startswith(("law.", "statistic."))
    return _paragraph(_run(sentence.text), style="ListBullet" if listed else "")


def _paragraph(runs: str, *, style: str = "") -> str:
    """`style` is the id of a style of python-docx's own template."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}{runs}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    """A line break of the text is one on the page, and a tab a tab."""
    told = escape(_for_xml(text)).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    told = told.replace("<w:t>", '<w:t xml:space="preserve">')
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{told}</w:t></w:r>'


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
