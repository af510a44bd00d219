"""What is taken at the door, told by its bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tipcycle.intake.content_kind import content_kind


def zipped(*names: str) -> bytes:
    """A zip file with these parts, each of a word."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name in names:
            parts.writestr(name, "word")
    return made.getvalue()


BOOK = zipped("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"tipcycle: submission/1\n...\n", "yaml", id="the form"),
        pytest.param(b"# made up\r\ntipcycle: submission/1\r\n", "yaml", id="with a comment, of Windows"),
        pytest.param(b"\xef\xbb\xbftipcycle: submission/1\n", "yaml", id="with a byte order mark"),
        pytest.param(b"country: AZE\nitems: []\ntipcy", "yaml", id="cut off"),
        pytest.param("tipcycle: submission/1\nremarks: ə".encode()[:-1], "yaml", id="cut off within a character"),
        pytest.param(b'{"tipcycle": "submission/1"}', "json", id="JSON"),
        pytest.param(b"UNCLAS SECTION 01 OF 02 BAKU 000123\n\nSUBJECT: ...\n", "cable", id="a cable"),
        pytest.param(BOOK, "workbook", id="a workbook"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"hello", None, id="a word"),
        pytest.param(b"<html><body>tipcycle</body></html>", None, id="a page"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", None, id="a PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", None, id="a picture"),
        pytest.param("tipcycle: submission/1\n".encode("utf-16"), None, id="UTF-16"),
        pytest.param(b"tipcycle: submission/1\nremarks: \x1b[2J\n", None, id="with control characters"),
        pytest.param(zipped("word/document.xml", "[Content_Types].xml"), None, id="a letter"),
        pytest.param(zipped("a.txt"), None, id="any zip file"),
        pytest.param(BOOK[:-8], None, id="a workbook cut short"),
        pytest.param(zipped(*(f"p{n}" for n in range(3000)), "xl/workbook.xml"), None, id="a zip file of 3,001 parts"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, id="a workbook of before 2007"),
    ],
)
def test_content_is_known_by_its_bytes(content: bytes, kind: str | None, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert content_kind(path) == kind


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_whatever_make_it_fail(tmp_path: Path, content: bytes, like_a_zip: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes((b"PK\x03\x04" if like_a_zip else b"") + content)

    assert content_kind(path) in {"yaml", "json", "workbook", "cable", None}
