"""A compiled assessment as files: the words of a golden file, the same bytes anywhere, no text that is more."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pytest

from tests.builders import obligation
from tests.papers import full_paper, interim_paper, reminded
from tipcycle.errors import ConfigError
from tipcycle.model.assessment_paper import AssessmentPaper, Edition, paper_as_json, paper_from_json
from tipcycle.rendering.assessment_files import assessment_files
from tipcycle.settings import ROOT

TEMPLATES = ROOT / "config" / "templates"
GOLDEN = Path(__file__).with_name("golden") / "interim-assessment.md"
HOSTILE = (
    "# Heading",
    "= Heading",
    "*loud* _soft_ `code` ~~gone~~",
    "<script>alert(1)</script> &amp; <w:p>",
    "{{ front.marking }} {% for x in y %} {# gone #} {_{ x }_}",
    "@label #let x = 1; #panic() $x^2$",
    "back\\slash \\n \\u{41}",
    "https://example.com // not a comment /* nor this */",
    "[[link]] [x](http://example.com) ![i](j)",
    "| a | b |",
    "\"quoted\" 'quoted' -- --- ...",
    "]]> <![CDATA[ x ]]>",
    "- [HP9] an item",
    "[BODY]",
    "[CONTENTS]",
    "بيت الأمل in Gəncə, 希望 😀",
)


def files(paper: AssessmentPaper) -> dict[str, bytes]:
    return assessment_files(paper, templates=TEMPLATES)


def words_of(word: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(word)).paragraphs]


def test_the_markdown_reads_as_it_was_written_down() -> None:
    missing = obligation("AZE")
    paper = interim_paper(reports=(missing,), notices=reminded(missing))

    written = files(paper)["interim-assessment.md"].decode()

    assert written == GOLDEN.read_text(encoding="utf-8")


def test_each_assessment_comes_in_three_formats() -> None:
    assert sorted(files(interim_paper())) == [f"interim-assessment.{one}" for one in ("docx", "md", "pdf")]
    assert sorted(files(full_paper())) == [f"full-assessment.{one}" for one in ("docx", "md", "pdf")]


def test_the_same_paper_gives_the_same_bytes_in_another_process_zone_and_folder(tmp_path: Path) -> None:
    frozen = tmp_path / "inputs.json"
    frozen.write_text(json.dumps(paper_as_json(interim_paper(reported="\n".join(HOSTILE)))), encoding="utf-8")
    program = (
        "import hashlib, json, sys; from pathlib import Path\n"
        "from tipcycle.operations.compile_assessment import compile_files\n"
        "files = compile_files(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))\n"
        "print(json.dumps({name: hashlib.sha256(one).hexdigest() for name, one in files.items()}))"
    )

    def made(zone: str, seed: str, folder: Path) -> dict[str, str]:
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, str(frozen), str(TEMPLATES)]
        done = subprocess.run(command, env=env, cwd=folder, check=True, capture_output=True, text=True, timeout=120)
        return dict(json.loads(done.stdout))

    here = {
        name: hashlib.sha256(one).hexdigest()
        for name, one in files(paper_from_json(json.loads(frozen.read_text(encoding="utf-8")))).items()
    }
    assert made("Asia/Baku", "1", tmp_path) == made("America/Los_Angeles", "2", ROOT) == here


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_post_wrote_comes_out_as_text_in_every_format(text: str) -> None:
    quiet, loud = files(interim_paper(("AZE",))), files(interim_paper(("AZE",), reported=text))

    said = words_of(loud["interim-assessment.docx"])
    assert " ".join(text.split()) in said
    assert len(said) == len(words_of(quiet["interim-assessment.docx"]))
    assert structure(loud["interim-assessment.md"]) == structure(quiet["interim-assessment.md"])
    assert loud["interim-assessment.pdf"].startswith(b"%PDF-")


def structure(markdown: bytes) -> list[str]:
    """The lines that CommonMark would read as more than text; HTML and links must not be there at all."""
    text = markdown.decode()
    assert not re.search(r"(?<!\\)(?:[`<]|\](?=[(\[:]))", text), text
    return [line for line in text.splitlines() if re.match(r" *(#|>|\||[-+*] |\d+[.)] |=+$|-+$|~~~)", line)]


@pytest.mark.parametrize(
    ("hidden", "shown"), [("\x07", "0007"), ("\x1b", "001B"), ("\u202e", "202E"), ("\ufffe", "FFFE")]
)
def test_a_character_that_no_file_can_hold_is_written_as_its_code(hidden: str, shown: str) -> None:
    made = files(interim_paper(("AZE",), reported=f"before{hidden}after"))

    assert f"before[U+{shown}]after" in words_of(made["interim-assessment.docx"])
    assert f"before[U+{shown}]after" in made["interim-assessment.md"].decode()


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_reason_on_the_front_page_comes_out_as_text_too(reason: str) -> None:
    made = files(interim_paper(("AZE",), edition=Edition("erratum", 2, date(2010, 3, 4), reason)))

    told = f"Corrected edition, released on March 4, 2010 (version 2): {reason.strip().rstrip('.')}"
    assert told in words_of(made["interim-assessment.docx"])
    assert made["interim-assessment.pdf"].startswith(b"%PDF-")


def test_a_long_text_of_many_lines_keeps_them() -> None:
    lines = [f"Line {number} " + "word " * 300 for number in range(30)]

    made = files(interim_paper(("AZE",), reported="\n\n".join(lines)))

    said = words_of(made["interim-assessment.docx"])
    assert [one for one in said if one.startswith("Line ")] == [line.strip() for line in lines]


def test_the_word_document_has_headings_marking_and_tables_whose_heads_repeat() -> None:
    missing = obligation("AZE")
    document = docx.Document(
        io.BytesIO(files(interim_paper(reports=(missing,), notices=reminded(missing)))["interim-assessment.docx"])
    )

    styles = {one.text: one.style.name for one in document.paragraphs if one.style}
    assert (styles["Azerbaijan"], styles["Country chapters"]) == ("Heading 2", "Heading 1")
    assert styles["High-priority items"] == "Heading 3"
    for end in (document.sections[0].header, document.sections[0].footer):
        assert "SENSITIVE BUT UNCLASSIFIED · DRAFT" in [one.text for one in end.paragraphs]
    annex = document.tables[-1]
    assert [cell.text for cell in annex.rows[0].cells][:3] == ["Country", "Post", "Due"]
    assert annex.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in annex.rows)


def test_each_line_of_the_contents_leads_to_a_heading_that_is_there() -> None:
    document = docx.Document(io.BytesIO(files(interim_paper())["interim-assessment.docx"]))
    body = document.element.body

    targets = body.xpath("//w:hyperlink/@w:anchor")
    assert len(targets) == len(set(targets)) == 8
    assert targets == body.xpath("//w:bookmarkStart/@w:name")


def test_no_format_prints_a_tier_of_the_report_to_come_at_the_interim() -> None:
    text = files(interim_paper())["interim-assessment.md"].decode()

    found = {match.group() for match in re.finditer(r"Tier \d( Watch List)?", text)}
    assert found == {"Tier 2 Watch List", "Tier 3", "Tier 1"}, "the names of the list's groups"
    assert not re.search(r"Tier .* in the 2010 Report", text)


@pytest.mark.parametrize("name", ["paper.typ", "paper.docx", "paper.md.j2"])
def test_a_template_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    (folder / "assessment").mkdir(parents=True)
    for path in (TEMPLATES / "assessment").iterdir():
        if path.name != name:
            (folder / "assessment" / path.name).write_bytes(path.read_bytes())

    with pytest.raises(ConfigError, match=f"config/templates/assessment/{name}: "):
        assessment_files(interim_paper(), templates=folder)


def test_a_style_that_an_office_took_out_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    (folder / "assessment").mkdir(parents=True)
    for path in (TEMPLATES / "assessment").iterdir():
        (folder / "assessment" / path.name).write_bytes(path.read_bytes())
    document = docx.Document(str(TEMPLATES / "assessment" / "paper.docx"))
    document.styles["Item"].delete()
    document.save(str(folder / "assessment" / "paper.docx"))

    with pytest.raises(ConfigError, match=r"config/templates/assessment/paper\.docx: the style Item is missing"):
        assessment_files(interim_paper(), templates=folder)
