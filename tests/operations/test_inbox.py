"""An inbox that strangers write to and several runs read: no file keeps another waiting, none is taken twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.intake.inbox import move_aside, printable_name
from tipcycle.operations.context import context
from tipcycle.operations.take_in import take_in, take_in_copy, take_in_each
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = on_both_databases

ON_TIME = utc("2009-11-10 09:00")


def _lay(name: bytes, content: bytes) -> Path:
    inbox = settings().inbox
    inbox.mkdir(parents=True, exist_ok=True)
    path = inbox / os.fsdecode(name)
    path.write_bytes(content)
    return path


def _report(country: str, post: str) -> bytes:
    return (yaml.safe_dump(progress_report(country, post)) + "...\n").encode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param(b"a\xff\xfe.yaml", "a\\udcff\\udcfe.yaml", id="not UTF-8"),
        pytest.param(b"a\nb.yaml", "a\\nb.yaml", id="with a line end"),
        pytest.param(b"a" * 250 + b".yaml", "a" * 58 + "…" + "a" * 53 + ".yaml", id="as long as a name can be"),
    ],
)
def test_a_strange_name_is_kept_in_a_form_that_can_be_printed_and_the_next_file_is_taken_in(
    asked: Story, name: bytes, kept: str
) -> None:
    _lay(name, b"junk")
    _lay(b"zz.yaml", _report("AZE", "Baku"))

    refused, accepted = asked.take_in(ON_TIME)

    assert (refused.outcome, refused.file_name) == ("refused", kept)
    assert (accepted.outcome, accepted.file_name) == ("accepted", "zz.yaml")
    assert {path.name for path in (asked.folder / "quarantine").iterdir()} == {kept, f"{kept}.findings.txt"}
    assert not list(settings().inbox.iterdir())


def test_a_good_answer_under_a_strange_name_is_accepted(asked: Story) -> None:
    _lay(b"\xff.yaml", _report("AZE", "Baku"))

    (taken,) = asked.take_in(ON_TIME)

    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
    assert taken.outcome == "accepted"
    assert latest is not None
    assert latest.file_name == "\\udcff.yaml"


def test_a_file_that_cannot_be_decided_stays_and_is_named_and_the_others_are_taken_in(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    (asked.folder / "quarantine").write_text("so nothing can be laid in here", encoding="utf-8")
    _lay(b"a.yaml", b"junk")
    _lay(b"zz.yaml", _report("AZE", "Baku"))

    assert main(["collect", "--at", "2009-11-10T09:00Z"]) == 1

    printed = capsys.readouterr()
    assert "zz.yaml: accepted" in printed.out
    assert printed.err.startswith("a.yaml: not decided, it stays in the inbox: FileExistsError")
    assert [path.name for path in settings().inbox.iterdir()] == ["a.yaml"]


def test_a_file_that_another_run_took_first_is_no_fault(asked: Story) -> None:
    gone = _lay(b"gone.yaml", _report("AZE", "Baku"))
    gone.unlink()

    taken = take_in(gone, ON_TIME)

    assert (taken.outcome, taken.line) == ("taken elsewhere", "gone.yaml: taken elsewhere")
    assert take_in_each([gone], ON_TIME).problems == ()


def test_a_name_is_never_taken_twice_in_the_place_where_files_are_kept(tmp_path: Path) -> None:
    kept = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(folder, encoding="utf-8")
        kept.append(move_aside(tmp_path / folder / "a.yaml", tmp_path / "kept"))

    assert [path.name for path in kept] == ["a.yaml", "a.2.yaml"]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["first", "second"]


def test_two_collects_at_once_take_each_file_in_once(asked: Story) -> None:
    config = context(YEAR).config
    for country in sorted(config.plans):
        post = config.post_for(country)
        form = progress_report(country, post.name, submitted_by=f"{post.id}.action-officer")
        _lay(f"{country}.yaml".encode(), (yaml.safe_dump(form) + "...\n").encode())
    collect = [sys.executable, "-m", "tipcycle.cli", "collect", "--at", "2009-11-10T09:00:00Z"]

    running = [subprocess.Popen(collect, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    results = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0, 0], results
    assert not list(settings().inbox.iterdir())
    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest_of_cycle(YEAR, "progress-report")
    assert {one.version for one in latest.values()} <= {1}


@pytest.mark.parametrize("name", ["plain.yaml", "São Tomé.yaml", "…" * 200])
def test_a_printable_name_fits_the_ledger(name: str) -> None:
    assert len(printable_name(Path(name)).encode()) <= 120


def _submit(path: Path) -> int:
    return main(["submit", str(path), "--at", "2009-11-10T09:00Z"])


def test_a_submitted_file_leaves_one_of_the_same_name_waiting_in_the_inbox(asked: Story, tmp_path: Path) -> None:
    _lay(b"answer.yaml", _report("EGY", "Cairo"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "answer.yaml").write_bytes(_report("AZE", "Baku"))

    assert _submit(tmp_path / "mine" / "answer.yaml") == 0

    (waiting,) = asked.take_in(ON_TIME)
    assert (waiting.outcome, waiting.obligation) == ("accepted", f"obligation:{YEAR}:progress-report:EGY")
    assert (tmp_path / "mine" / "answer.yaml").exists(), "the sender's own file is left alone"
    assert not list(asked.folder.glob("submitted-*"))


@pytest.mark.parametrize(
    ("content", "exit_code", "kept"),
    [
        pytest.param(_report("AZE", "Baku"), 0, "taken-in/accepted", id="accepted"),
        pytest.param(b"junk", 1, "quarantine", id="refused"),
    ],
)
def test_a_file_inside_the_inbox_is_taken_from_there(asked: Story, content: bytes, exit_code: int, kept: str) -> None:
    path = _lay(b"answer.yaml", content)

    assert _submit(path) == exit_code

    assert not path.exists()
    assert (asked.folder / kept / "answer.yaml").read_bytes() == content


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_link_in_the_inbox_is_put_aside_and_what_it_leads_to_is_never_read(asked: Story, *, by_hand: bool) -> None:
    elsewhere = asked.folder / "elsewhere.yaml"
    elsewhere.write_bytes(_report("AZE", "Baku"))
    settings().inbox.mkdir(parents=True, exist_ok=True)
    link = settings().inbox / "AZE.yaml"
    link.symlink_to(elsewhere)

    taken = take_in_copy(link, ON_TIME) if by_hand else take_in(link, ON_TIME)

    assert (taken.outcome, [one.code for one in taken.findings]) == ("refused", ["file.unreadable"])
    assert "It is a link" in (asked.folder / "quarantine" / "AZE.yaml.findings.txt").read_text(encoding="utf-8")
    assert (elsewhere.exists(), link.is_symlink()) == (True, False)
    assert asked.notices("progress-report:AZE")[-1, "baku.action-officer"][0] == "owed"
