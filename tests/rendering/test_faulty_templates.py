"""A request template that cannot be used is a fault of a file, with its place and what to mend; never a traceback."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.builders import action_request
from tipcycle.errors import ConfigError
from tipcycle.model.action_request import Product
from tipcycle.rendering.products import Format, draw_product
from tipcycle.rendering.templates import template_faults
from tipcycle.settings import ROOT


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "config" / "templates", tmp_path / "templates")
    return tmp_path / "templates"


def refusal(templates: Path, product: Product, format: Format = "txt") -> str:
    with pytest.raises(ConfigError) as refused:
        draw_product(product, action_request("AZE"), format, templates=templates)
    return str(refused.value)


@pytest.mark.parametrize("product", ["non-paper", "cable"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(b"= T\n\n{{ 1 + 'a' }}\n", "line 3: TypeError: ", id="a sum of words"),
        pytest.param(b"= T\n\n{{ 1 // 0 }}\n", "line 3: ZeroDivisionError: ", id="a division by nought"),
        pytest.param(b"= T\n\n{{ about.country|long_day }}\n", "line 3: ValueError: ", id="a filter on a wrong thing"),
        pytest.param(b"= T\n\n\xff\n", "byte 5: the template is not text in UTF-8", id="not UTF-8"),
        pytest.param(b"", "the template is empty; restore its words", id="empty"),
        pytest.param(b"= T\n\n> x\n", 'block 2: "x" stands beneath no item', id="a remark first"),
        pytest.param(b"Hello\n", 'block 1: "Hello" is no title; begin with = and', id="no title"),
    ],
)
def test_a_faulty_paper_is_told_with_its_place(templates: Path, product: Product, words: bytes, told: str) -> None:
    (templates / "request" / "non_paper.txt.j2").write_bytes(words)

    assert refusal(templates, product).startswith(f"config/templates/request/non_paper.txt.j2: {told}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            "== law (U)", "== Bad Head (U)", 'line 17: "== Bad Head (U)" is no heading; write == name', id="name"
        ),
        pytest.param("== law (U)", "== law (XX)", 'line 17: "== law (XX)" is no heading', id="mark"),
        pytest.param("== law (U)", "== statistics (U)", 'the heading "statistics" stands twice', id="twice"),
        pytest.param("== law (U)", "== empty (U)\n\n== law (U)", 'no text under "empty"; write it', id="without text"),
        pytest.param("== action (U)", "Hello", "begins without a heading; write == name", id="no heading"),
    ],
)
def test_a_mistyped_heading_of_the_cable_is_told(templates: Path, old: str, new: str, told: str) -> None:
    path = templates / "request" / "cable.txt.j2"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert refusal(templates, "cable").startswith(f"config/templates/request/cable.txt.j2: {told}")


def test_an_empty_cable_is_told_by_drawing_and_by_the_check(templates: Path) -> None:
    (templates / "request" / "cable.txt.j2").write_text("", encoding="utf-8")

    assert "cable.txt.j2: the template is empty; restore its paragraphs" in refusal(templates, "cable")
    assert "cable.txt.j2: the template is empty" in str(template_faults(templates)[0])


def archive_without_a_document() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a", "b")
    return written.getvalue()


@pytest.mark.parametrize("content", [b"", b"hello", archive_without_a_document()])
def test_a_word_template_that_is_none_is_told(templates: Path, content: bytes) -> None:
    (templates / "request" / "non_paper.docx").write_bytes(content)

    assert refusal(templates, "non-paper", "docx") == (
        "config/templates/request/non_paper.docx: is no Word document; restore it, or save it anew as .docx"
    )


def test_a_folder_in_a_template_s_place_is_told(templates: Path) -> None:
    for name in ("non_paper.docx", "non_paper.txt.j2"):
        (templates / "request" / name).unlink()
        (templates / "request" / name).mkdir()

    assert "non_paper.txt.j2: the template is missing; restore it" in refusal(templates, "non-paper")
    assert "non_paper.txt.j2: is no file" in str(template_faults(templates)[0])
    shutil.rmtree(templates / "request" / "non_paper.txt.j2")
    shutil.copy(ROOT / "config" / "templates" / "request" / "non_paper.txt.j2", templates / "request")
    assert "non_paper.docx: cannot be read: Is a directory" in refusal(templates, "non-paper", "docx")
