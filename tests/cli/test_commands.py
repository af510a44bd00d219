"""What is typed: contracts of --json, exit codes, help that is quick, and that every documented command is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import VERBS, main
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

STEPS = {
    "special-watch-list",
    "action-request",
    "demarche",
    "progress-report",
    "interim-draft",
    "interim-clearance",
    "interim-release",
    "reporting-instructions",
    "annual-submission",
    "full-draft",
    "tier-placement",
    "report-release",
}


def printed(capsys: pytest.CaptureFixture[str], *words: str, exit_code: int = 0) -> Any:
    """The one JSON document that a command prints."""
    assert main([*words, "--json"]) == exit_code
    return json.loads(capsys.readouterr().out)


def test_the_calendar_knows_every_step_and_what_each_entry_holds(capsys: pytest.CaptureFixture[str]) -> None:
    entries = printed(capsys, "calendar", "--report-year", "2010")

    assert {entry["step"] for entry in entries} == STEPS
    assert sum(entry["step"] == "progress-report" for entry in entries) == 56
    assert {(entry["post"], entry["country"]) for entry in entries if entry["step"] == "interim-release"} == {
        (None, None)
    }
    for entry in entries:
        assert set(entry) == {
            "step",
            "post",
            "country",
            "statutory_on",
            "statutory_from",
            "planned_on",
            "due_at",
            "due_local",
            "working_day",
            "last_working_day",
            "notices",
        }


@pytest.mark.parametrize(
    ("post", "due_at", "due_local", "working", "last_working", "last_reminder"),
    [
        ("Baku", "2009-11-15T19:59:59Z", "2009-11-15T23:59:59+04:00", False, "2009-11-13", "2009-11-13T09:00:00+04:00"),
        ("Cairo", "2009-11-15T21:59:59Z", "2009-11-15T23:59:59+02:00", True, "2009-11-15", "2009-11-12T09:00:00+02:00"),
        ("Dhaka", "2009-11-15T16:59:59Z", "2009-11-15T23:59:59+07:00", True, "2009-11-15", "2009-11-12T09:00:00+07:00"),
        (
            "Caracas",
            "2009-11-16T04:29:59Z",
            "2009-11-15T23:59:59-04:30",
            False,
            "2009-11-13",
            "2009-11-13T09:00:00-04:30",
        ),
    ],
)
def test_the_2009_facts_that_only_careful_code_gets_right(
    capsys: pytest.CaptureFixture[str],
    *,
    post: str,
    due_at: str,
    due_local: str,
    working: bool,
    last_working: str,
    last_reminder: str,
) -> None:
    entries = printed(capsys, "calendar", "--report-year", "2010", "--post", post)

    (entry,) = (one for one in entries if one["step"] == "progress-report")
    assert (entry["due_at"], entry["due_local"]) == (due_at, due_local)
    assert (entry["working_day"], entry["last_working_day"]) == (working, last_working)
    reminders = [one["due_local"] for one in entry["notices"] if one["rung"] == -1]
    assert reminders == [last_reminder, last_reminder]


def test_dakar_owes_for_senegal_and_guinea_bissau(capsys: pytest.CaptureFixture[str]) -> None:
    entries = printed(capsys, "calendar", "--report-year", "2010", "--post", "dakar")

    assert sorted(one["country"] for one in entries if one["step"] == "progress-report") == ["GNB", "SEN"]


def test_a_post_that_is_misspelt_is_refused_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "--report-year", "2010", "--post", "Bakku"]) == 1
    assert 'did you mean "Baku"?' in capsys.readouterr().err


def test_tick_status_and_proof_work_on_a_ledger_without_prefect(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    ticked = printed(capsys, "tick", "--at", "2009-10-16T09:00:00Z")
    status = printed(capsys, "status")
    proof = printed(capsys, "proof", "Dakar")

    assert ticked["messages"]["accepted"] > 0
    assert (status["report_year"], status["special_watch_list"], status["territories"]) == (YEAR, 55, 1)
    notices = status["notices"]
    assert notices["promised"] == sum(count for name, count in notices.items() if name != "promised")
    reports = [one for one in proof["obligations"] if one["step"] == "progress-report"]
    assert [one["country"] for one in reports] == ["GNB", "SEN"]
    assert {notice["state"] for one in reports for notice in one["notices"] if notice["rung"] == -30} == {"sent"}


def test_a_tick_in_the_future_is_refused(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tick", "--at", "2999-01-01T00:00:00Z"]) == 1
    assert "lies in the future" in capsys.readouterr().err


def test_a_file_can_be_checked_and_submitted(asked: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import yaml

    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n", encoding="utf-8")

    checked = printed(capsys, "check", str(file))
    taken = printed(capsys, "submit", str(file), "--at", "2009-11-10T09:00:00Z")
    again = printed(capsys, "submit", str(file), "--at", "2009-11-11T09:00:00Z")

    assert checked["accepted"] is True
    assert (checked["country"], checked["step"]) == ("AZE", "progress-report")
    assert {finding["code"] for finding in checked["findings"]} == {"item.unanswered"}
    assert (taken["outcome"], again["outcome"]) == ("accepted", "identical")
    assert (taken["accepted"], taken["country"], taken["report_year"], taken["step"]) == (
        True,
        "AZE",
        2010,
        "progress-report",
    )
    assert file.exists(), "the sender's own file is left alone"


def test_a_refused_address_is_listed_and_can_be_cleared_for_a_reason(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "baku.action-officer@posts.example"
    asked.mailbox.refused.add(address)
    asked.tick(utc("2009-10-16 09:00"))
    asked.mailbox.refused.clear()
    clear = ["address", "clear", address, "--by", "gtip.action-officer", "--at", "2009-10-20T09:00Z", "--reason"]

    (listed,) = printed(capsys, "status")["refused_addresses"]
    assert main([*clear, " "]) == 1
    assert main([*clear, "the server was mended"]) == 0
    assert main([*clear, "once more"]) == 1
    asked.tick(utc("2009-10-30 09:00"))
    capsys.readouterr()

    assert (listed["address"], listed["channel"], listed["reason"]) == (address, "email", "550 5.1.1 no such mailbox")
    assert printed(capsys, "status")["refused_addresses"] == []
    assert asked.sent_to("baku.action-officer") == ["message:2010:baku.action-officer:email:2009-10-30:1"]
    with Store.read(settings().ledger_url) as store:
        assert [act.object for act in store.acts.all() if act.act == "clear-address"] == [address]


def test_a_changed_deadline_is_shown_before_it_is_done(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["change-deadline", "--report-year", "2010", "--step", "progress-report", "--country", "AZE"]
    words += ["--to", "2009-11-27", "--reason", "asked for time", "--by", "gtip.director", "--at", "2009-11-10T09:00Z"]

    assert main(words) == 0
    assert "preview only" in capsys.readouterr().out
    assert main([*words, "--yes"]) == 0
    assert capsys.readouterr().out.endswith("done\n")


def test_check_config_and_verify_are_content(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    checked = printed(capsys, "check-config")

    assert (checked["cycles"], checked["faults"]) == ([2010, 2011], [])
    assert [remark.partition(":")[0] for remark in checked["remarks"]] == ["cycles/2011/plans", "references.yaml"]
    assert main(["verify"]) == 0


def _config_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of config/ which the commands read from now on."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(folder))
    return folder


def test_check_config_tells_a_template_that_cannot_be_read_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = _config_copy(tmp_path, monkeypatch) / "templates" / "digest_email.txt.j2"
    template.write_text("Subject\n\n{% for line in lines %}\n{{ line.heading }\n", encoding="utf-8")

    (fault,) = printed(capsys, "check-config", exit_code=1)["faults"]

    assert fault.startswith("config/templates/digest_email.txt.j2: line 4: ")


@pytest.mark.parametrize("gone", [pytest.param("calendar", id="no calendar"), pytest.param("", id="no folder at all")])
def test_check_config_without_anything_to_check_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    shutil.rmtree(_config_copy(tmp_path, monkeypatch) / gone)

    checked = printed(capsys, "check-config", exit_code=1)

    assert checked["cycles"] == []
    assert "there is no calendar of any cycle" in checked["faults"][0]


@pytest.mark.parametrize("words", [[], ["no-such-verb"], ["tick", "--at", "yesterday"], ["calendar"]])
def test_wrong_usage_exits_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])

    assert ended.value.code == 0
    assert VERBS[verb].split(",")[0].split("(")[0].strip()[1:] in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("words", [["--help"], ["tick", "--help"], ["rehearse", "--help"], ["serve", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom tipcycle.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'sqlalchemy', 'pydantic', 'yaml', 'jinja2', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, timeout=30)


@pytest.mark.parametrize(("words", "most"), [(["--help"], 120), (["status"], 800)])
def test_a_cold_start_imports_few_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], most: int
) -> None:
    """Time varies with the machine, and grows with what is imported; 83 and some 700 modules when this was written."""
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))
    assert main(["init"]) == 0
    code = f"import sys\nfrom tipcycle.cli import main\ntry:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
    code += "print(len(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=30)

    assert 0 < int(done.stderr.splitlines()[-1]) < most


@pytest.mark.parametrize("verb", ["tick", "status", "proof", "calendar", "check-config"])
def test_a_command_that_needs_no_prefect_does_not_import_it(verb: str) -> None:
    code = f"import sys, tipcycle.cli.{verb.replace('-', '_')}\nimport tipcycle.operations.tick\n"
    code += (
        "import tipcycle.operations.read_status, tipcycle.operations.read_proof, tipcycle.operations.read_calendar\n"
    )
    code += "assert 'prefect' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


def test_every_command_that_the_documents_show_is_there() -> None:
    texts = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

    shown = {
        verb for path in texts for verb in re.findall(r"`tipcycle ([a-z][a-z-]+)", path.read_text(encoding="utf-8"))
    }

    assert shown == set(VERBS)


def test_every_make_target_of_the_readme_is_there() -> None:
    readme, makefile = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile"))

    shown = set(re.findall(r"(?:`|^)make ([a-z-]+)", readme, re.MULTILINE))

    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert shown <= targets
    assert {"run", "test", "serve", "lint", "bench", "help"} <= targets


def test_now_is_in_utc() -> None:
    from tipcycle.cli.options import moment

    assert moment("2009-11-16") == utc("2009-11-16 00:00")
    assert moment("2009-11-16T10:00:00+04:00") == utc("2009-11-16 06:00")
