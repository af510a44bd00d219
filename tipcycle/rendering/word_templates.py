"""How were the Word templates of a request first drawn? `python -m tipcycle.rendering.word_templates` draws them anew.

They are config/templates/request/*.docx, one a paper, and an office edits them in Word: letterhead, styles, order.
Drawing them anew overwrites such edits. What docxtpl fills in is written as {{ ... }} and {%p ... %}: the fields of
`sheet_docx.values_of`. Each page has the marking at both ends and "Page n of m"; a heading stays with what follows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from tipcycle.rendering.sheet import Paper
from tipcycle.rendering.sheet_docx import TEMPLATES
from tipcycle.rendering.word_drawing import (
    BLACK,
    GREY,
    NAVY,
    RED,
    emptied,
    field,
    font,
    line,
    slim,
    spacing,
    write,
)
from tipcycle.settings import ROOT

_LABEL = Inches(0.75)
_TEXT_WIDTH = Inches(6.3)
_FACTS = (Inches(1.45), Inches(1.7), Inches(1.75), Inches(1.4))

# name, kind it is based on, size, bold, italic, colour, space before and after, keep with next
_STYLES = (
    ("Marking", "Normal", 10, True, False, BLACK, 0, 0, False),
    ("Example", "Normal", 9, False, False, RED, 0, 0, False),
    ("Foot", "Normal", 9, False, False, GREY, 0, 2, False),
    ("Letterhead", "Normal", 11, True, False, NAVY, 0, 0, True),
    ("Office", "Normal", 9.5, False, False, GREY, 0, 10, True),
    ("Paper", "Normal", 11, True, False, BLACK, 6, 2, True),
    ("Fact", "Normal", 10.5, False, False, BLACK, 0, 0, True),
    ("Fact name", "Fact", 8.5, False, False, GREY, 0, 0, True),
    ("Item", "Normal", 11, False, False, BLACK, 0, 5, False),
    ("Item with remark", "Item", 11, False, False, BLACK, 0, 0, True),
    ("Remark", "Item", 10.5, False, True, GREY, 0, 6, False),
    ("Remark with note", "Remark", 10.5, False, True, GREY, 0, 0, True),
    ("Note", "Item", 11, False, False, BLACK, 0, 8, False),
)

_BODY = (
    ("", "{%p for part in parts %}"),
    ("", '{%p if part.kind == "heading" %}'),
    ("Heading 1", "{{ part.text }}"),
    ("", '{%p elif part.kind == "subheading" %}'),
    ("Heading 2", "{{ part.text }}"),
    ("", '{%p elif part.kind == "item" and part.followed %}'),
    ("Item with remark", "**{{ part.label }}**\t{{ part.text }}"),
    ("", '{%p elif part.kind == "item" %}'),
    ("Item", "**{{ part.label }}**\t{{ part.text }}"),
    ("", '{%p elif part.kind == "remark" and part.followed %}'),
    ("Remark with note", "\t{{ part.text }}"),
    ("", '{%p elif part.kind == "remark" %}'),
    ("Remark", "\t{{ part.text }}"),
    ("", '{%p elif part.kind == "note" %}'),
    ("Note", "\t{{ part.text }}"),
    ("", '{%p elif part.kind == "point" %}'),
    ("List Bullet", "{{ part.text }}"),
    ("", "{%p else %}"),
    ("Normal", "{{ part.text }}"),
    ("", "{%p endif %}"),
    ("", "{%p endfor %}"),
)


def draw_word_templates(folder: Path) -> list[Path]:
    """Write the template of each paper into `folder`; return their paths."""
    paths = []
    for paper, name in TEMPLATES.items():
        document = docx.Document()
        _styles(document)
        _page(document)
        _head(document, paper)
        for style, text in _BODY:
            write(document.add_paragraph(style=style or "Normal"), text)
        slim(document)
        paths.append(folder / name)
        document.save(str(paths[-1]))
    return paths


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    font(normal, 11, bold=False, italic=False, colour=BLACK)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.08
    normal.paragraph_format.widow_control = True
    for name, base, size, bold, italic, colour, before, after, keep in _STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        font(style, size, bold=bold, italic=italic, colour=colour)
        spacing(style, before, after, keep=keep)
    for name, size, before, after in (("Title", 17, 0, 8), ("Heading 1", 13, 14, 5), ("Heading 2", 11, 8, 4)):
        style = document.styles[name]
        font(style, size, bold=True, italic=False, colour=BLACK if name == "Heading 2" else NAVY)
        spacing(style, before, after, keep=True)
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    for name in ("Item", "Remark", "Note"):
        form = document.styles[name].paragraph_format
        form.left_indent, form.first_line_indent = _LABEL, -_LABEL
        form.tab_stops.add_tab_stop(_LABEL)
        form.keep_together = True
    bullet = document.styles["List Bullet"]
    bullet.paragraph_format.space_after = Pt(6)
    for tight in bullet.element.pPr.findall(qn("w:contextualSpacing")):
        bullet.element.pPr.remove(tight)
    for name in ("Marking", "Example"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Foot"].paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line(document.styles["Office"].element, "bottom")
    line(document.styles["Foot"].element, "top")


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin, section.bottom_margin = Inches(1), Inches(1.05)
    section.header_distance = section.footer_distance = Inches(0.5)
    header = section.header
    write(emptied(header, "Marking"), "{{ marking }}")
    for style, text in (("", "{%p if example %}"), ("Example", "{{ example }}"), ("", "{%p endif %}")):
        write(header.add_paragraph(style=style or "Normal"), text)
    footer = section.footer
    foot = emptied(footer, "Foot")
    write(foot, "{{ called }}, {{ country }}, {{ years }}\tPage ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")
    write(footer.add_paragraph(style="Marking"), "{{ marking }}")


def _head(document: Any, paper: Paper) -> None:
    """A non-paper has no letterhead and names no post."""
    widths: tuple[Inches, ...] = _FACTS
    if paper == "non-paper":
        widths = (_FACTS[0], *_FACTS[2:])
    else:
        write(document.add_paragraph(style="Letterhead"), "U.S. DEPARTMENT OF STATE")
        write(document.add_paragraph(style="Office"), "Office to Monitor and Combat Trafficking in Persons")
    write(document.add_paragraph(style="Paper"), "{{ called|upper }}")
    write(document.add_paragraph(style="Title"), "{{ title }}")
    table = document.add_table(rows=1, cols=len(widths))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for fact, (cell, width) in enumerate(zip(table.rows[0].cells, widths, strict=True)):
        cell.width = width
        cell.paragraphs[0].style = "Fact name"
        write(cell.paragraphs[0], f"{{{{ facts[{fact}][0] }}}}")
        write(cell.add_paragraph(style="Fact"), f"{{{{ facts[{fact}][1] }}}}")
    spacer = document.add_paragraph()
    spacer.paragraph_format.space_after, spacer.paragraph_format.line_spacing = Pt(0), 0.6


if __name__ == "__main__":
    for drawn in draw_word_templates(ROOT / "config" / "templates" / "request"):
        print(drawn.relative_to(ROOT))
