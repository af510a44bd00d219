"""What a person can mend is said in a line with its remedy: no traceback, and no file made by looking."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tipcycle.cli import main
from tipcycle.settings import ROOT

LOOKING = [["status"], ["tick", "--at", "2009-10-16T09:00Z"], ["verify"], ["proof", "Dakar"], ["collect"]]


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


@pytest.mark.parametrize("words", LOOKING[:4], ids=lambda words: str(words[0]))
@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_without_a_ledger_a_command_says_how_to_make_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    *,
    there: bool,
) -> None:
    folder = tmp_path / "var"
    if there:
        folder.mkdir()
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(folder))

    assert "no ledger here yet; run: tipcycle init" in _refused(capsys, *words)

    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize("words", [*LOOKING[:4], ["init"]], ids=lambda words: str(words[0]))
def test_a_file_that_is_no_ledger_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    (tmp_path / "tipcycle.sqlite3").write_bytes(b"rubbish" * 1000)
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))

    said = _refused(capsys, *words)

    assert "file is not a database; restore a backup" in said
    assert "tipcycle.sqlite3" in said


@pytest.mark.parametrize(
    ("url", "told"),
    [
        pytest.param(
            "postgresql+psycopg2://nobody:secret@127.0.0.1/none",
            'needs the Python package "psycopg2"',
            id="no driver",
        ),
        pytest.param(
            "postgresql://nobody:secret@127.0.0.1:1/none", "start the server, or correct host", id="no server"
        ),
        pytest.param("postgresql://me:half@secret@127.0.0.1/none", "write @ : / % # as %40", id="an @ in the password"),
        pytest.param("no-such-database://here", "is no address of a database", id="an unknown database"),
        pytest.param("nonsense", "is no address of a database", id="no address at all"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, told: str
) -> None:
    monkeypatch.setenv("TIPCYCLE_DATABASE_URL", url)

    said = _refused(capsys, "status")

    assert told in said
    assert "secret" not in said


def test_a_setting_that_cannot_be_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPCYCLE_SMTP_PORT", "twentyfive")
    monkeypatch.setenv("TIPCYCLE_SMTP_SECURITY", "perhaps")

    said = _refused(capsys, "status")

    assert 'environment: TIPCYCLE_SMTP_PORT: "twentyfive"; ' in said
    assert "TIPCYCLE_SMTP_SECURITY" in said


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-02", "2009-10-16T09:00:00+99:00"]
)
def test_a_moment_that_cannot_be_is_wrong_usage(at: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tick", "--at", at])

    assert ended.value.code == 2
    assert at in capsys.readouterr().err


def test_proof_without_a_cycle_says_how_to_open_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))
    assert main(["init"]) == 0
    capsys.readouterr()

    assert "no cycle is open; run: tipcycle open-cycle" in _refused(capsys, "proof", "Dakar")


@pytest.mark.parametrize(
    "words", [["init"], ["serve", "--port", "1"], ["submit", __file__]], ids=lambda one: str(one[0])
)
def test_a_folder_that_cannot_be_made_is_told_in_a_line(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "taken").write_text("a file, where a folder was meant")
    environment = os.environ | {"TIPCYCLE_VAR_DIR": str(tmp_path / "taken" / "var")}
    command = [sys.executable, "-m", "tipcycle.cli", *words]  # serve settles places for its own process

    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"tipcycle {words[0]}: {tmp_path}/taken")
    assert ended.stderr.endswith(": Not a directory\n")


@pytest.mark.parametrize("out", ["/dev/full", ".", "no such folder/book.xlsx"])
def test_a_file_that_cannot_be_written_is_told_in_a_line(capsys: pytest.CaptureFixture[str], out: str) -> None:
    told = _refused(capsys, "workbook", "AZE", "--out", out)

    assert told.startswith("tipcycle workbook: ")
    assert told.count("\n") == 1
