"""`tipcycle cable check`: the parts of the archived cable, exit codes, and files that are no cable."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cables.samples import NEW, SEED
from tipcycle.cli import main


def test_the_seed_is_read_into_its_parts_with_only_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cable", "check", str(SEED), "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"file", "transmitted", "parts", "findings"}
    assert (document["file"], document["transmitted"]) == (SEED.name, True)
    parts = document["parts"]
    assert (parts["paragraphs"], len(parts["references"]), parts["high_priority"]) == (10, 4, 5)
    assert parts["further"] == {"prosecution": 4, "protection": 4, "prevention": 2, "coordination": 0}
    assert parts["references"][2] == {"letter": "C", "number": "2009 STATE 5577", "title": ""}
    assert parts["blocks"][0] == {"name": "action request", "paragraphs": [2, 3, 4], "closed_by": None}
    assert {finding["severity"] for finding in document["findings"]} == {"warning"}
    assert set(document["findings"][0]) == {
        "code",
        "severity",
        "paragraph",
        "line",
        "message",
        "remedy",
        "source",
    }


def test_the_report_is_short_and_says_where_there_is_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cable", "check", str(SEED)]) == 0

    told = capsys.readouterr().out
    assert "paragraphs           10\n" in told
    assert "action request (paras 2-4, never closed)" in told
    assert "Action Plan (para 9, closed by non-paper)" in told
    assert "warning: line 30: SUBJECT says AZERBIAJAN; TAGS and TO say AZERBAIJAN." in told
    assert "more [line.too_long]; --json has them all" in told
    assert len(told.splitlines()) < 40


def test_a_new_cable_with_an_error_exits_1_and_a_sound_one_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cable.txt"
    file.write_text(NEW, encoding="utf-8")
    assert main(["cable", "check", str(file)]) == 0
    assert "a new cable" in capsys.readouterr().out

    file.write_text(NEW.replace("para", "\x1b[31m para").replace("ROUTINE", "PRIORITY"), encoding="utf-8")

    assert main(["cable", "check", str(file), "--on", "2026-09-21"]) == 1
    told = capsys.readouterr().out
    assert "PRIORITY was not a precedence on 2026-09-21." in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file"),
        (b"\x89PNG\r\n\x1a\n\xff", "byte 0 is not text; save the cable as plain text in UTF-8"),
        (b"FM\x00TO", "the file is binary (byte 2)"),
        (b" " * 1_000_001, "the file has 1,000,001 bytes; a cable has at most 1,000,000"),
    ],
)
def test_a_file_that_is_no_cable_is_refused_with_the_reason(
    content: bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cable.txt"
    if content is not None:
        file.write_bytes(content)

    assert main(["cable", "check", str(file)]) == 1
    assert told in capsys.readouterr().err


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cable.txt"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000)

    assert main(["cable", "check", str(file)]) == 1
    assert "50,000,000 bytes" in capsys.readouterr().err


def test_an_empty_file_is_an_error_and_no_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cable.txt"
    file.touch()

    assert main(["cable", "check", str(file)]) == 1
    assert "There is no text." in capsys.readouterr().out


def test_checking_a_cable_imports_neither_prefect_nor_sql() -> None:
    code = (
        "import sys\nfrom tipcycle.cli import main\n"
        f"main(['cable', 'check', {str(SEED)!r}])\n"
        "assert not {'prefect', 'sqlalchemy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, timeout=30)


def test_a_folder_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cable", "check", str(tmp_path)]) == 1
    assert f"{tmp_path}: is a folder; name the file of one cable" in capsys.readouterr().err
