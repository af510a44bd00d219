"""The papers opened in programs that are not ours: poppler for PDF, LibreOffice for DOCX. A missing program is told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from tests.builders import action_request, config, listed
from tipcycle.rendering.products import draw_product
from tipcycle.rendering.sheet import Paper, sheet_of
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
COUNTRIES = ("AZE", "OMN", "SEN")
PAPERS: tuple[Paper, ...] = ("non-paper", "talking-points", "notes")
PAGES = {
    **{("AZE", paper): 2 for paper in PAPERS},
    **{("SEN", paper): 2 for paper in PAPERS},
    ("OMN", "non-paper"): 1,
    ("OMN", "talking-points"): 1,
    ("OMN", "notes"): 2,
}


def program(name: str, package: str) -> str:
    """Its path; a test without it is skipped with a warning, and fails in CI where it is poppler's."""
    found = shutil.which(name)
    if found:
        return found
    told = f"{name} is not installed, so nothing but ourselves has opened these papers: apt-get install {package}"
    if os.environ.get("CI") and package == "poppler-utils":
        pytest.fail(told)
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)


def told_by(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def pages_of(pdf: Path) -> list[str]:
    text = told_by(program("pdftotext", "poppler-utils"), "-layout", "-enc", "UTF-8", str(pdf), "-")
    return text.split("\f")[:-1]


def flat(words: str) -> str:
    return " ".join(words.split())


def squeezed(words: str) -> str:
    """Without blanks: a program breaks lines where it likes, also behind a hyphen."""
    return "".join(words.split())


def assert_whole(pages: list[str], paper: Paper, iso3: str) -> None:
    """Each page is marked at both ends and numbered, and together they say what the sheet says, in its order."""
    sheet = sheet_of(paper, action_request(iso3), templates=TEMPLATES)
    for number, page in enumerate(pages, 1):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0] == lines[-1] == sheet.marking
        assert re.search(rf"Page {number} of {len(pages)}$", lines[-2])
        assert (sheet.example in lines[1]) if sheet.example else ("EXAMPLE" not in page)
    inner = ["\n".join(page.strip().splitlines()[2 if sheet.example else 1 : -2]) for page in pages]
    body, rest = squeezed("".join(inner)), 0
    for part in sheet.parts:  # each after the one before
        found = body.find(squeezed(part.text), rest)
        assert found >= 0, part.text
        rest = found + len(squeezed(part.text))
    assert sheet.title in flat(pages[0])


@pytest.mark.parametrize("iso3", COUNTRIES)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_pdf_opens_in_poppler_with_all_its_pages_and_text(paper: Paper, iso3: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(draw_product(paper, action_request(iso3), "pdf", templates=TEMPLATES).content)

    info = told_by(program("pdfinfo", "poppler-utils"), str(path))
    pages = pages_of(path)

    assert len(pages) == PAGES[iso3, paper]
    assert re.search(rf"^Pages: +{len(pages)}$", info, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", info, re.MULTILINE)
    assert re.search(r"^Title: +\S", info, re.MULTILINE)
    assert "2009" in re.search(r"^CreationDate: +(.*)$", info, re.MULTILINE)[1]  # type: ignore[index]
    metadata = told_by(program("pdfinfo", "poppler-utils"), "-meta", str(path))
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "en-US" in metadata
    assert_whole(pages, paper, iso3)


def test_the_pdf_s_headings_are_headings_and_its_items_are_lists(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(draw_product("non-paper", action_request(), "pdf", templates=TEMPLATES).content)

    tree = told_by(program("pdfinfo", "poppler-utils"), "-struct", str(path))

    kinds = re.findall(r"^ *([A-Z][A-Za-z0-9]*)", tree, re.MULTILINE)
    assert (kinds.count("H1"), kinds.count("H2"), kinds.count("H3")) == (1, 3, 3)
    assert kinds.count("LI") == 5 + 15


@pytest.mark.parametrize("iso3", sorted(listed()))
def test_no_note_stands_in_the_pdf_of_a_non_paper(iso3: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(draw_product("non-paper", action_request(iso3), "pdf", templates=TEMPLATES).content)
    words = flat(" ".join(pages_of(path)))
    plan = config().plans[iso3]

    assert [item.id for item in plan.recommendations if item.id not in words] == []
    assert [item.id for item in plan.recommendations if item.note and item.note[:25] in words] == []
    assert "Note:" not in words


@pytest.mark.slow
def test_the_word_documents_open_in_libreoffice_with_all_their_text(tmp_path: Path) -> None:
    office = program("soffice", "libreoffice-writer")
    for iso3 in COUNTRIES:
        for paper in PAPERS:
            made = draw_product(paper, action_request(iso3), "docx", templates=TEMPLATES)
            (tmp_path / f"{iso3}-{paper}.docx").write_bytes(made.content)

    home = f"-env:UserInstallation=file://{tmp_path}/home"
    documents = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    told_by(office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *documents)

    for iso3 in COUNTRIES:
        for paper in PAPERS:
            pages = pages_of(tmp_path / f"{iso3}-{paper}.pdf")
            assert abs(len(pages) - PAGES[iso3, paper]) <= 1  # its face has other widths
            assert_whole(pages, paper, iso3)
