"""How does a chapter of the interim assessment look, as Markdown and as DOCX?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from tipcycle.assessment.interim_chapter import InterimChapter, ItemLine
from tipcycle.rendering.templates import render

MARKING = "SENSITIVE BUT UNCLASSIFIED"
EXAMPLE_PLAN = "EXAMPLE DATA: the plan of this chapter is an example, drawn from a library of general recommendations."
EXAMPLE_ANSWERS = "EXAMPLE DATA: the answers in this chapter are made up for a rehearsal."
_COLUMNS = ("Category", "Period", "Total", "of it labor", "of it sex")


def made_up(chapter: InterimChapter, *, rehearsal: bool) -> tuple[str, ...]:
    """What of the chapter is not real, a sentence each: an example plan may have real answers, and the reverse."""
    return (EXAMPLE_PLAN,) * chapter.example + (EXAMPLE_ANSWERS,) * rehearsal


def chapter_markdown(chapter: InterimChapter, *, templates: Path, report_year: int, examples: Sequence[str]) -> str:
    """The chapter as Markdown; `examples` are the sentences that say what in it is made up."""
    return render(
        templates,
        "interim_chapter.md.j2",
        chapter=chapter,
        columns=_COLUMNS,
        marking=MARKING,
        report_year=report_year,
        examples=examples,
    )


def write_chapter_docx(path: Path, chapter: InterimChapter, *, report_year: int, examples: Sequence[str]) -> None:
    """The chapter as a Word document, its marking in the header and footer of each page."""
    document = docx.Document()
    _page(document, report_year, examples)
    document.add_heading(chapter.country, level=1)
    document.add_paragraph(f"{chapter.listed_as}. {chapter.because}.")
    document.add_paragraph(chapter.how_received)
    document.add_paragraph(chapter.demarche)
    if chapter.comments:
        document.add_heading("Comments of the government", level=2)
        document.add_paragraph(chapter.comments)
    _items(document, "High-priority items", chapter.high_priority)
    _items(document, "Further recommendations", chapter.further)
    _items(document, "Recommendations that post added", chapter.added_by_post)
    if chapter.statistics:
        document.add_heading("Statistics", level=2)
        table = document.add_table(rows=1, cols=len(_COLUMNS), style="Light Grid Accent 1")
        for cell, title in zip(table.rows[0].cells, _COLUMNS, strict=True):
            cell.text = title
        for row in chapter.statistics:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if chapter.remarks:
        document.add_heading("Remarks of the post", level=2)
        document.add_paragraph(chapter.remarks)
    if chapter.law:
        document.add_heading("What the law says", level=2)
        for because, source in chapter.law:
            document.add_paragraph(f"{because} [{source}]", style="List Bullet")
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _page(document: Document, report_year: int, examples: Sequence[str]) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(11)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    header = f"{MARKING} · Interim assessment, cycle {report_year}, draft"
    section.header.paragraphs[0].text = "\n".join([header, *examples])
    section.footer.paragraphs[0].text = MARKING


def _items(document: Document, title: str, items: tuple[ItemLine, ...]) -> None:
    if not items:
        return
    document.add_heading(title, level=2)
    for item in items:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{item.id}, {item.status}: ").bold = True
        paragraph.add_run(item.asked)
        if item.reported:
            document.add_paragraph(item.reported, style="List Continue")
