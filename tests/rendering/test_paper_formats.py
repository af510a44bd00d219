"""The papers as DOCX and PDF: reproducible, editable, tagged, and honest about what cannot be drawn."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from tests.builders import action_request
from tipcycle.errors import ConfigError
from tipcycle.rendering.markup import Part, parts_of
from tipcycle.rendering.sheet import Paper, Sheet, sheet_of
from tipcycle.rendering.sheet_docx import TEMPLATES as WORD_TEMPLATES
from tipcycle.rendering.sheet_docx import sheet_docx
from tipcycle.rendering.sheet_pdf import sheet_pdf
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
PAPERS: tuple[Paper, ...] = ("non-paper", "talking-points", "notes")


def sheet(paper: Paper = "non-paper", iso3: str = "AZE") -> Sheet:
    return sheet_of(paper, action_request(iso3), templates=TEMPLATES)


def word(of: Sheet) -> Document:
    return docx.Document(io.BytesIO(sheet_docx(of, templates=TEMPLATES)))


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the templates in which one text of one file is another."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    path = folder / "request" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def test_a_filled_template_is_told_apart_by_how_its_blocks_begin() -> None:
    filled = "= Title\n\n# Head\n\n## Sub\n\n-- [HP1] Do\nthis.\n\n> Why.\n\n>> Note: how.\n\n-- Said.\n\nPlain.\n"

    assert parts_of(filled) == (
        Part("title", "Title"),
        Part("heading", "Head"),
        Part("subheading", "Sub"),
        Part("item", "Do this.", "HP1"),
        Part("remark", "Why."),
        Part("note", "Note: how."),
        Part("point", "Said."),
        Part("text", "Plain."),
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_content_gives_the_same_bytes_and_another_day_gives_others(paper: Paper) -> None:
    for draw in (sheet_docx, lambda of, *, templates: sheet_pdf(of, templates=templates)[0]):
        first, again = (draw(sheet(paper), templates=TEMPLATES) for _ in range(2))
        other = draw(replace(sheet(paper), dated=date(2009, 9, 22)), templates=TEMPLATES)
        assert first == again
        assert first != other


@pytest.mark.parametrize("paper", PAPERS)
def test_the_word_document_says_all_that_the_sheet_says_in_its_order(paper: Paper) -> None:
    of = sheet(paper)
    said = "\n".join(paragraph.text for paragraph in word(of).paragraphs)

    places = [said.find(part.text) for part in of.parts]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_word_document_is_laid_out_with_styles_that_an_office_can_edit(paper: Paper) -> None:
    of = sheet(paper, "SEN")
    document = word(of)
    styles = {paragraph.text: paragraph.style for paragraph in document.paragraphs}

    for part in of.parts:
        if part.kind in ("heading", "subheading"):
            style = styles[part.text]
            assert style is not None
            assert style.name == ("Heading 1" if part.kind == "heading" else "Heading 2")
            assert style.paragraph_format.keep_with_next
    for end in (document.sections[0].header, document.sections[0].footer):
        assert of.marking in [paragraph.text for paragraph in end.paragraphs]
    assert of.example in [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    footer = document.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert (document.core_properties.title, document.core_properties.language) == (f"{of.called}: {of.title}", "en-US")


def test_real_data_have_no_empty_line_for_example_data_in_their_header() -> None:
    assert [paragraph.text for paragraph in word(sheet()).sections[0].header.paragraphs] == [
        "SENSITIVE BUT UNCLASSIFIED"
    ]


def test_right_to_left_words_are_kept_and_told_to_word_as_such() -> None:
    of = replace(sheet(), parts=(Part("item", "Open the shelter called بيت الأمل & <b> in Gəncə.", "HP1"),))

    document = word(of)
    pdf, warnings = sheet_pdf(of, templates=TEMPLATES)

    (paragraph,) = [one for one in document.paragraphs if one.text.startswith("HP1")]
    assert paragraph.text == "HP1\tOpen the shelter called بيت الأمل & <b> in Gəncə."
    assert [run.text for run in paragraph.runs if run._r.xpath("./w:rPr/w:rtl")] == ["بيت", "الأمل"]
    assert pdf.startswith(b"%PDF-")
    assert warnings == ()


def test_a_character_that_no_face_has_is_written_as_its_code_and_told() -> None:
    of = replace(sheet(), parts=(Part("text", "The shelter 希望 opens."),))

    pdf, warnings = sheet_pdf(of, templates=TEMPLATES)

    assert warnings == (
        "the PDF has no letters for 希 (U+5E0C), 望 (U+671B); each stands there as its code, such as [U+5E0C]",
    )
    assert (
        pdf
        == sheet_pdf(replace(of, parts=(Part("text", "The shelter [U+5E0C][U+671B] opens."),)), templates=TEMPLATES)[0]
    )
    assert any("希望" in paragraph.text for paragraph in word(of).paragraphs)


def test_a_fault_in_a_typst_template_is_told_with_line_and_variable(tmp_path: Path) -> None:
    folder = edited(tmp_path, "sheet.typ", "= #sheet.title\n", "= #sheet.titel\n")
    line = (folder / "request" / "sheet.typ").read_text(encoding="utf-8").splitlines().index("= #sheet.titel") + 1

    with pytest.raises(ConfigError) as refused:
        sheet_pdf(sheet(), templates=folder)

    assert str(refused.value).startswith(f"config/templates/request/sheet.typ: line {line}: ")
    assert '"titel"' in str(refused.value)


def test_a_fault_in_a_word_template_is_told_with_paragraph_and_variable(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    path = folder / "request" / WORD_TEMPLATES["non-paper"]
    broken = docx.Document(str(path))
    (place,) = [number for number, one in enumerate(broken.paragraphs, 1) if one.text == "{{ title }}"]
    broken.paragraphs[place - 1].runs[0].text = "{{ titel }}"
    broken.save(str(path))

    with pytest.raises(ConfigError) as refused:
        sheet_docx(sheet(), templates=folder)

    assert str(refused.value) == f"config/templates/request/non_paper.docx: paragraph {place}: 'titel' is undefined"


def test_a_fault_in_an_included_template_names_that_template(tmp_path: Path) -> None:
    folder = edited(tmp_path, "statistics.txt.j2", "about.report_year", "about.year")

    with pytest.raises(ConfigError) as refused:
        sheet_of("notes", action_request(), templates=folder)

    assert str(refused.value).startswith("config/templates/request/statistics.txt.j2: line 1: ")
    assert "'year'" in str(refused.value)


@pytest.mark.parametrize("name", ["non_paper.docx", "sheet.typ", "non_paper.txt.j2", "statistics.txt.j2"])
def test_a_template_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / "request" / name).unlink()

    with pytest.raises(ConfigError, match=f"config/templates/request/{name}: "):
        draw_everything(folder)


def draw_everything(folder: Path) -> None:
    for paper in PAPERS:
        of = sheet_of(paper, action_request(), templates=folder)
        sheet_docx(of, templates=folder)
        sheet_pdf(of, templates=folder)
