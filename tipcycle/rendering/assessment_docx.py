"""How does an assessment become a Word document? docxtpl fills the front page; contents and body are written as XML.

A body of 189 chapters has thousands of paragraphs: each is a line of XML with the style's own id, which spares looking
the style up by name every time. An office edits letterhead and styles in config/templates/assessment/paper.docx.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.assessment_paper import Front
from tipcycle.rendering.assessment_blocks import Block, Table
from tipcycle.rendering.word_file import directed, filled, right_to_left, saved

TEMPLATE = "assessment/paper.docx"
_WIDTH = 9072  # of the text, in twentieths of a point
_STYLES = {
    "part": "Heading 1",
    "chapter": "Heading 2",
    "group": "Group",
    "heading": "Heading 3",
    "under": "Under",
    "text": "Normal",
    "item": "Item",
    "more": "Item more",
}
_CELLS = ("Cell", "Cell head", "Cell more", "Contents 1", "Contents 2")


def assessment_docx(front: Front, blocks: Sequence[Block], *, templates: Path) -> bytes:
    """The document; raises `ConfigError` naming the template's paragraph, variable or missing style."""
    draft = " · DRAFT" if front.edition.nature == "draft" else ""
    values = {
        "marking": front.marking + draft,
        "title": front.title,
        "year": front.report_year,
        "subtitle": directed(front.subtitle),
        "edition": directed(front.edition_line),
        "footer": front.footer,
        "due": [directed(line) for line in (front.changed, *front.due) if line],
        "examples": front.examples,
    }
    document = filled(TEMPLATE, values, templates=templates)
    ids = _style_ids(document.docx)
    marks = {id(block): f"chapter_{number}" for number, block in enumerate(blocks) if block.kind in ("part", "chapter")}
    _take_the_place(document.docx, "[CONTENTS]", "".join(_contents(blocks, marks, ids)))
    _take_the_place(document.docx, "[BODY]", "".join(_body(blocks, marks, ids)))
    return saved(document, title=f"{front.title} {front.report_year}", dated=front.edition.on)


def _contents(blocks: Sequence[Block], marks: dict[int, str], ids: dict[str, str]) -> Iterator[str]:
    """A line for each part and chapter; Word and its kin fill in the page when the file is opened or printed."""
    for block in blocks:
        if mark := marks.get(id(block)):
            style = ids["Contents 1" if block.kind == "part" else "Contents 2"]
            page = (
                '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> PAGEREF {mark} \\h </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> </w:t></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
            runs = f"{_runs(block.text)}<w:r><w:tab/></w:r>{page}"
            yield _paragraph(style, f'<w:hyperlink w:anchor="{mark}" w:history="1">{runs}</w:hyperlink>')


def _body(blocks: Sequence[Block], marks: dict[int, str], ids: dict[str, str]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if block.table:
            yield _table(block.table, ids)
            continue
        runs = _runs(block.text)
        if block.kind == "item":
            runs = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(block.label)}</w:t></w:r><w:r><w:tab/></w:r>{runs}"
        if mark := marks.get(id(block)):
            runs = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
        yield _paragraph(ids[_STYLES[block.kind]], runs)


def _table(table: Table, ids: dict[str, str]) -> str:
    """A table as wide as the text; its head repeats on each page, and no row breaks over two."""
    whole = sum(table.shares)
    widths = [_WIDTH * share // whole for share in table.shares]
    line = "" if not table.head else '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B9C4D3"/>'
    bottom = "" if not table.head else '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="B9C4D3"/>'
    side = 0 if not table.head else 80
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(table.head, widths, ids, head=True)] if table.head else []
    rows += [_row(row, widths, ids, head=False) for row in table.rows]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{bottom}{line}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>{_paragraph(ids['Normal'], '')}"
    )


def _row(row: Sequence[str], widths: Sequence[int], ids: dict[str, str], *, head: bool) -> str:
    repeats = "<w:tblHeader/>" if head else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F7"/>' if head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        + "".join(
            _paragraph(ids["Cell head" if head else "Cell more" if at else "Cell"], _runs(text))
            for at, text in enumerate(cell.split("\n"))
        )
        + "</w:tc>"
        for cell, width in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{cells}</w:tr>"


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _runs(text: str) -> str:
    """The text in runs; right-to-left words in runs of their own, or Word would order them as Latin ones."""
    if text.isascii():
        return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return "".join(
        f'<w:r>{"<w:rPr><w:rtl/></w:rPr>" if rtl else ""}<w:t xml:space="preserve">{escape("".join(words))}</w:t></w:r>'
        for rtl, words in groupby(text, key=right_to_left)
    )


def _style_ids(document: Any) -> dict[str, str]:
    """The id of each style used, by its name; an office may have saved the template with other ids."""
    found = {style.name: style.style_id for style in document.styles}
    wanted = (*_STYLES.values(), *_CELLS)
    if missing := [name for name in wanted if name not in found]:
        remedy = f"the style {missing[0]} is missing; restore it"
        raise ConfigError([Fault(f"config/templates/{TEMPLATE}", "", "", remedy)])
    return {name: found[name] for name in wanted}


def _take_the_place(document: Any, of: str, xml: str) -> None:
    """Put what `xml` holds where the paragraph stands whose text is `of`."""
    place = next((one._p for one in document.paragraphs if one.text.strip() == of), None)
    if place is None:
        remedy = f"no paragraph reads {of}, so nothing can take its place; restore it"
        raise ConfigError([Fault(f"config/templates/{TEMPLATE}", "", "", remedy)])
    holder = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    for element in list(holder):
        place.addprevious(element)
    place.getparent().remove(place)
