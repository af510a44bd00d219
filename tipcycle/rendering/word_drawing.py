"""How is a Word template drawn? The strokes that every template of ours has in common."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

SERIF = "Times New Roman"  # every office suite has it, or a face of the same widths
NAVY, GREY, RED, BLACK = (RGBColor.from_string(one) for one in ("1B365D", "4D4D4D", "9B1C1C", "000000"))
# What the order of the format puts behind a paragraph's borders; Word refuses a file that mixes it up.
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def font(style: Any, size: float, *, bold: bool, italic: bool, colour: RGBColor) -> None:
    """The face, size, weight, slant and colour of a style."""
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = SERIF, Pt(size), bold, italic, colour
    properties = style.element.get_or_add_rPr()
    faces = properties.rFonts
    for attribute in [name for name in faces.attrib if name.endswith("Theme")]:
        del faces.attrib[attribute]  # a theme's face would win over the one named here
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(script), SERIF)


def spacing(style: Any, before: float, after: float, *, keep: bool) -> None:
    """The space around a paragraph in points, and whether it stays with the next."""
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep


def line(style: Any, side: str) -> None:
    """A navy line above (`top`) or below (`bottom`) each paragraph of a style."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", str(NAVY))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    style.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def field(paragraph: Any, instruction: str) -> None:
    """A field that Word fills in, such as `PAGE`."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def emptied(block: Any, style: str) -> Any:
    """The paragraph that a header or footer begins with, in that style."""
    paragraph = block.paragraphs[0]
    paragraph.style = style
    return paragraph


def write(paragraph: Any, text: str) -> None:
    """Add the text; what stands between ** and ** is bold."""
    for number, run in enumerate(text.split("**")):
        if run:
            paragraph.add_run(run).bold = True if number % 2 else None


def slim(document: Any) -> None:
    """Leave out what python-docx's own template brings and nobody uses: it is most of the file and of its reading."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) != "TableNormal":
            style.getparent().remove(style)
    for holder in (document.part.rels, document.part.package.rels):
        for name, relation in list(holder.items()):
            if relation.reltype.rpartition("/")[2] in ("stylesWithEffects", "thumbnail", "customXml"):
                del holder[name]
