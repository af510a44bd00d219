"""A post's text stays a text all the way: in the chapter, its files, the mails and the pages that coordinators read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.operations.assemble_interim_assessment import record_draft, write_chapters
from tipcycle.operations.draw_desk import draw_desk
from tipcycle.settings import settings

DRAFT_DAY = utc("2009-12-18 12:00")
WORKED_OUT = "1337"  # what 7 times 191 makes, for whoever works it out
HOSTILE = (
    "Made up: {{ 7 * 191 }} {% for x in range(1) %}{{ 1336 + 1 }}{% endfor %} {# gone #}",
    'Made up: #eval("7*191") #text(1in)[large] $7 dot 191$ @HP1 \\ <label>',
    "Made up: <script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;",
    "Made up: [press here](javascript:alert(1)) ![seen](http://192.0.2.1/p.png) `code` | cell | *bold*",
    "Made up: Bcc: all@posts.example %0d%0aBcc: all@posts.example",
)


@pytest.fixture
def drafted(asked: Story) -> Story:
    """Azerbaijan reported in such words, through the inbox, and its chapter was drafted."""
    plan = [f"HP{number}" for number in range(1, 4)]
    items = [{"id": item, "status": "begun", "narrative": " ".join(HOSTILE)} for item in plan]
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", items=items, remarks=HOSTILE[0]))
    (taken,) = asked.take_in(utc("2009-11-10 09:00"))
    assert taken.outcome == "accepted", taken
    asked.tick(utc("2009-11-10 09:10"))
    assert write_chapters(YEAR, ("AZE",), DRAFT_DAY).problems == ()
    record_draft(YEAR, DRAFT_DAY)
    return asked


def test_a_post_s_text_is_worked_out_nowhere(drafted: Story) -> None:
    markdown, word = _files(drafted)
    mails = "".join(path.read_text(encoding="utf-8") for path in (drafted.folder / "mails" / "baku").iterdir())
    pages = "\n".join(page.text for page in draw_desk(YEAR, {}).pages)

    assert "7 \\* 191" in markdown
    assert "{{ 7 * 191 }}" in word.replace("&#x27;", "'")
    for shown in (markdown, word, mails, pages):
        assert WORKED_OUT not in shown
    assert "gone" in markdown
    assert "gone" in word


def test_it_becomes_no_link_no_picture_no_code_and_no_header(drafted: Story) -> None:
    markdown, word = _files(drafted)
    headers = [
        line
        for path in (drafted.folder / "mails" / "baku").iterdir()
        for line in path.read_text(encoding="utf-8").partition("\n\n")[0].splitlines()
    ]
    pages = "\n".join(page.text for page in draw_desk(YEAR, {}).pages)

    assert "\\<script>" in markdown
    assert "](javascript" not in markdown.replace("\\](", "")
    assert "](http://192.0.2.1" not in markdown.replace("\\](", "")
    assert "<script" not in word
    assert "<script" not in pages
    assert "javascript:" not in pages
    assert not [line for line in headers if line.startswith("Bcc")]


def _files(cycle: Story) -> tuple[str, str]:
    """The chapter as Markdown and as the text of its Word file."""
    (markdown,) = settings().var_dir.rglob("AZE.md")
    with zipfile.ZipFile(_word(markdown)) as word:
        return markdown.read_text(encoding="utf-8"), word.read("word/document.xml").decode()


def _word(markdown: Path) -> Path:
    return markdown.with_suffix(".docx")
