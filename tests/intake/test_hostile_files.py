"""Files that are well-formed enough to be dangerous: each is refused with a reason, or read as exactly what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tipcycle.assessment.draft_notes import draft_notes
from tipcycle.assessment.inputs import Inputs
from tipcycle.intake.read_submission import Read, read_submission
from tipcycle.model.chapter import Chapter, Section, Sentence
from tipcycle.rendering.chapter_docx import write_chapter_docx

LIMIT = 1_000_000
HEAD = (
    "tipcycle: submission/1\nreport_year: 2010\nstep: progress-report\ncountry: AZE\npost: Baku\n"
    "submitted_by: baku.action-officer\n"
)


def read(folder: Path, text: str) -> Read:
    path = folder / "answer.yaml"
    path.write_text(text, encoding="utf-8")
    return read_submission(path, max_bytes=LIMIT)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("!!timestamp yesterday", id="a date that is none"),
        pytest.param('!!int ""', id="a number without digits"),
        pytest.param('!!float ""', id="a fraction without digits"),
        pytest.param("!!bool perhaps", id="a truth value that is none"),
        pytest.param("!!set [a]", id="a set that is a list"),
        pytest.param("!!omap {a: 1}", id="pairs that are a mapping"),
        pytest.param("!!python/name:os.system", id="a name of Python"),
        pytest.param("9" * 5000, id="a number of 5,000 digits"),
        pytest.param('"\\ud800"', id="half a character"),
    ],
)
def test_a_value_that_yaml_cannot_make_is_refused_and_not_raised(value: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}remarks: {value}\n...\n")

    assert found.submission is None
    assert all(finding.where and finding.message and finding.remedy for finding in found.findings)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("[" * 50_000 + "]" * 50_000, id="lists"),
        pytest.param("{a: " * 30_000 + "}" * 30_000, id="mappings"),
        pytest.param("[" * 20_000 + "]" * 20_000, id="lists, not quite so deep"),
    ],
)
def test_a_file_nested_far_too_deep_is_refused_and_does_not_end_the_program(value: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(f"{HEAD}remarks: {value}\n...\n", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from tipcycle.intake.read_submission import read_submission; "
        f"print(read_submission(Path(sys.argv[1]), max_bytes={LIMIT}).findings[0].severity)"
    )

    # In a process of its own: what is tested is that reading such a file does not crash the interpreter.
    ended = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=20, check=False
    )

    assert (ended.returncode, ended.stdout.strip()) == (0, "blocker")


@pytest.mark.parametrize(
    "twice",
    [
        pytest.param("items: [{id: HP1, status: begun}]\nitems: [{id: HP2, status: begun}]", id="a field of the form"),
        pytest.param("items:\n- {id: HP1, status: begun, status: reversed}", id="a field of an item"),
    ],
)
def test_a_field_that_stands_twice_is_refused_and_not_half_lost(twice: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}{twice}\n...\n")

    assert found.submission is None
    assert [finding.severity for finding in found.findings] == ["blocker"]


@pytest.mark.parametrize(
    ("written", "total"),
    [
        pytest.param("10", 10, id="ten"),
        pytest.param("0", 0, id="none at all"),
        pytest.param("010", None, id="a leading zero is no octal number"),
        pytest.param("0x10", None, id="no hexadecimal"),
        pytest.param("1:30", None, id="no minutes and seconds"),
        pytest.param("1_000", None, id="no underscores"),
        pytest.param("1.000", None, id="no point"),
        pytest.param("3.0", None, id="no decimals"),
        pytest.param("1e3", None, id="no exponent"),
        pytest.param('"12"', None, id="no text"),
        pytest.param("approximately 12", None, id="no estimate"),
    ],
)
def test_a_count_is_read_as_the_digits_it_is_written_in_or_refused(
    written: str, total: int | None, tmp_path: Path
) -> None:
    period = "{from: 2009-05-01, to: 2009-10-31}"
    figure = f"{{category: convictions, period: {period}, status: provided, total: {written}}}"

    found = read(tmp_path, f"{HEAD}statistics:\n- {figure}\n...\n")

    assert (found.submission.statistics[0].total if found.submission else None) == total


@pytest.mark.parametrize("control", ["\\0", "\\x01", "\\a", "\\e", "\\uFFFE", "\\uFFFF"])
def test_what_is_accepted_can_be_written_into_a_document(control: str, tmp_path: Path) -> None:
    found = read(tmp_path, f'{HEAD}remarks: "Before{control}after."\n...\n')

    remarks = Sentence("remarks", found.submission.remarks if found.submission else "")
    sections = (Section("remarks", "Remarks of the post", (remarks,)),)
    chapter = Chapter("interim-chapter", 2010, "AZE", "Azerbaijan", sections)
    write_chapter_docx(tmp_path / "AZE.docx", chapter, draft_notes(chapter, Inputs({})))

    assert found.submission is None
    assert "which no document can hold" in found.findings[0].message or "control" in found.findings[0].message

    assert (tmp_path / "AZE.docx").stat().st_size > 0


@pytest.mark.parametrize(("size", "refused"), [(LIMIT, False), (LIMIT + 1, True)])
def test_the_limit_is_the_largest_size_that_is_read(size: int, refused: bool, tmp_path: Path) -> None:
    start, end = f"{HEAD}nothing_to_report: true\n# ", "\n...\n"

    found = read(tmp_path, start + "x" * (size - len(start) - len(end)) + end)

    assert [finding.code for finding in found.findings] == (["file.too_large"] if refused else [])


def test_two_documents_in_one_file_are_refused(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}nothing_to_report: true\n...\n{HEAD}nothing_to_report: true\n...\n")

    assert [finding.code for finding in found.findings] == ["file.unreadable"]
