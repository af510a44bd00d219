"""How was the Word template of an assessment first drawn? `python -m tipcycle.rendering.assessment_word_template`.

It is config/templates/assessment/paper.docx, and an office edits it in Word: letterhead, styles, front page. Drawing it
anew overwrites such edits. docxtpl fills in what is written as {{ ... }}; `[CONTENTS]` and `[BODY]` are paragraphs of
their own that the list of chapters and all that follows take the place of, in the styles named here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from tipcycle.rendering.word_drawing import BLACK, GREY, NAVY, RED, emptied, field, font, line, slim, spacing, write
from tipcycle.settings import ROOT

TEMPLATE = "assessment/paper.docx"
_TEXT_WIDTH = Inches(6.3)
_LABEL = Inches(0.7)

# name, kind it is based on, size, bold, italic, colour, space before and after, keep with next
_STYLES = (
    ("Marking", "Normal", 10, True, False, BLACK, 0, 0, False),
    ("Example", "Normal", 9.5, False, False, RED, 8, 0, False),
    ("Example head", "Normal", 8.5, False, False, RED, 0, 0, False),
    ("Foot", "Normal", 8.5, False, False, GREY, 0, 2, False),
    ("Letterhead", "Normal", 13, True, False, NAVY, 0, 0, True),
    ("Office", "Normal", 10.5, False, False, GREY, 0, 110, True),
    ("Year", "Normal", 26, False, False, GREY, 0, 18, True),
    ("About", "Normal", 14, False, True, BLACK, 0, 26, True),
    ("Edition", "Normal", 12, True, False, NAVY, 0, 3, True),
    ("Due", "Normal", 10.5, False, False, BLACK, 0, 2, False),
    ("Contents title", "Normal", 20, True, False, NAVY, 0, 12, True),
    ("Contents 1", "Normal", 10.5, True, False, BLACK, 7, 1, False),
    ("Contents 2", "Normal", 10, False, False, BLACK, 0, 0, False),
    ("Under", "Normal", 9.5, False, True, GREY, 0, 6, True),
    ("Group", "Normal", 12, True, False, NAVY, 14, 5, True),
    ("Item", "Normal", 10.5, False, False, BLACK, 0, 5, False),
    ("Item more", "Normal", 10.5, False, False, BLACK, 0, 5, False),
    ("Cell", "Normal", 9, False, False, BLACK, 2, 2, False),
    ("Cell head", "Cell", 9, True, False, NAVY, 2, 2, True),
    ("Cell more", "Cell", 8, False, False, GREY, 0, 2, False),
)

_BODY = (
    ("Letterhead", "U.S. DEPARTMENT OF STATE"),
    ("Office", "Office to Monitor and Combat Trafficking in Persons"),
    ("Title", "{{ title }}"),
    ("Year", "{{ year }}"),
    ("About", "{{ subtitle }}"),
    ("Edition", "{{ edition }}"),
    ("", "{%p for line in due %}"),
    ("Due", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p for line in examples %}"),
    ("Example", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("Contents title", "Contents"),
    ("Contents 1", "[CONTENTS]"),
    ("Normal", "[BODY]"),
)


def draw_word_template(path: Path) -> None:
    """Write the template."""
    document = docx.Document()
    _styles(document)
    _page(document)
    for style, text in _BODY:
        write(document.add_paragraph(style=style or "Normal"), text)
    slim(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    font(normal, 10.5, bold=False, italic=False, colour=BLACK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.08
    normal.paragraph_format.widow_control = True
    for name, base, size, bold, italic, colour, before, after, keep in _STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        font(style, size, bold=bold, italic=italic, colour=colour)
        spacing(style, before, after, keep=keep)
    headings = (("Title", 34, 0, 4), ("Heading 1", 20, 0, 10), ("Heading 2", 15, 20, 5), ("Heading 3", 10.5, 9, 4))
    for name, size, before, after in headings:
        style = document.styles[name]
        font(style, size, bold=True, italic=False, colour=BLACK if name == "Heading 3" else NAVY)
        spacing(style, before, after, keep=True)
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    document.styles["Contents title"].paragraph_format.page_break_before = True
    _outlined(document.styles["Group"], level=1)
    label = document.styles["Item"].paragraph_format
    label.left_indent, label.first_line_indent = _LABEL, -_LABEL
    label.tab_stops.add_tab_stop(_LABEL)
    document.styles["Item more"].paragraph_format.left_indent = _LABEL
    document.styles["Contents 2"].paragraph_format.left_indent = Inches(0.2)
    for name in ("Contents 1", "Contents 2"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in ("Marking", "Example head"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Foot"].paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for name, side in (("Office", "bottom"), ("Foot", "top"), ("Heading 1", "bottom"), ("Heading 2", "top")):
        line(document.styles[name].element, side)


def _outlined(style: Any, *, level: int) -> None:
    """A reader's outline shows it as a heading of that level, from 0."""
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin, section.bottom_margin = Inches(1.05), Inches(1.05)
    section.header_distance = section.footer_distance = Inches(0.5)
    write(emptied(section.header, "Marking"), "{{ marking }}")
    for style, text in (("", "{%p if examples %}"), ("Example head", "EXAMPLE DATA"), ("", "{%p endif %}")):
        write(section.header.add_paragraph(style=style or "Normal"), text)
    foot = emptied(section.footer, "Foot")
    write(foot, "{{ title }} {{ year }}. {{ footer }}\tPage ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")
    write(section.footer.add_paragraph(style="Marking"), "{{ marking }}")


if __name__ == "__main__":
    draw_word_template(ROOT / "config" / "templates" / TEMPLATE)
    print(f"config/templates/{TEMPLATE}")
