"""make run, as a stranger types it: real Prefect server, real flows, real receivers; and its contract."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.background_job import as_a_background_job
from tipcycle.config import load_config
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("rehearsal")]

_COMMAND = [sys.executable, "-c", "import sys; from tipcycle.cli import main; sys.exit(main())", "rehearse"]


def rehearse(folder: Path, *, seed: int, until: str = "") -> dict[str, Any]:
    """The summary; the environment points at a server and a database that are not to be touched."""
    hostile = {
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        "TIPCYCLE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "TIPCYCLE_SMTP_HOST": "127.0.0.1",
        "TIPCYCLE_SMTP_PORT": "9",
    }
    words = ["--report-year", "2010", "--seed", str(seed), "--json", "--out", str(folder)]
    done = subprocess.run(
        [*_COMMAND, *words, *(["--until", until] if until else [])],
        env=os.environ | hostile,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("rehearsal") / "first"
    return folder, rehearse(folder, seed=7)


def test_the_summary_keeps_its_contract(rehearsed: tuple[Path, dict[str, Any]]) -> None:
    _, summary = rehearsed

    assert (summary["report_year"], summary["special_watch_list"], summary["territories"]) == (2010, 55, 1)
    assert set(summary) == {
        "report_year",
        "posts",
        "special_watch_list",
        "territories",
        "notices",
        "messages",
        "submissions",
        "submissions_by_step",
        "asked_in_winter",
        "chapters",
        "placements",
        "splits",
        "clearances",
        "overrides",
        "released",
        "next_cycle",
        "documents",
        "duplicates",
        "ledger_sha256",
        "startup_s",
        "first_part_s",
        "wall_s",
    }
    notices = dict(summary["notices"])
    assert notices.pop("promised") == sum(notices.values())
    assert set(notices) == {"sent", "superseded", "cancelled", "waived", "failed", "unknown", "owed"}
    assert (summary["duplicates"], notices["unknown"], notices["owed"]) == (0, 0, 0)
    reports, annual = (summary["submissions_by_step"][step] for step in ("progress-report", "annual-submission"))
    for counts in (reports, annual):
        assert counts["required"] == sum(counts[name] for name in ("received", "nil", "waived", "missing"))
    assert (reports["required"], annual["required"]) == (56, 189)
    assert min(reports[name] for name in ("received", "nil", "waived", "missing", "late", "extended")) > 0
    assert min(annual[name] for name in ("received", "nil", "missing", "late")) > 0
    assert summary["asked_in_winter"] == {"countries": 189, "with_a_placement": 176}
    assert summary["submissions"]["refused"] > 0


def test_the_year_ends_with_the_actual_placements_and_the_next_cycle_on_them(
    rehearsed: tuple[Path, dict[str, Any]],
) -> None:
    _, summary = rehearsed
    config = load_config(ROOT / "config", 2011)
    actual = Counter(one.tier for one in config.placements if one.report_year == 2010)
    by_rule = special_watch_list(
        config.placements,
        2010,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )

    placed = dict(summary["placements"])
    assert summary["chapters"] == {"interim-chapter": 56, "full-chapter": 189}
    assert placed.pop("none") == 189 - sum(actual.values())
    assert placed == actual
    assert summary["next_cycle"] == {
        "report_year": 2011,
        "entries": len(by_rule),
        "groups": Counter(entry.group for entry in by_rule),
    }


def test_splits_overrides_and_releases_are_those_of_the_play(rehearsed: tuple[Path, dict[str, Any]]) -> None:
    _, summary = rehearsed

    ended = summary["splits"]["ended"]
    assert summary["splits"]["countries"] == 12
    assert {"settled at working", "settled at under-secretary", "settled at secretary", "withdrawn at working"} < set(
        ended
    )
    assert set(summary["clearances"]) == {"cleared", "commented", "returned"}
    assert summary["overrides"] == [
        "document:2010:full-assessment:all without h.clearer, signed by s.principal on 2010-06-09",
        "document:2010:interim-assessment:all without l.clearer, signed by gtip.director on 2010-01-25",
    ]
    assert [(one["document"].split(":")[2], one["version"], one["nature"]) for one in summary["released"]] == [
        ("full-assessment", 1, "release"),
        ("interim-assessment", 1, "release"),
        ("interim-assessment", 2, "supplement"),
    ]


def test_what_it_says_was_written_is_there_to_read(rehearsed: tuple[Path, dict[str, Any]]) -> None:
    folder, summary = rehearsed

    mails, slack = list((folder / "mails").rglob("*.eml")), list((folder / "slack").iterdir())
    cables = list((folder / "cables").iterdir())
    assert len(cables) == 56 + 171
    assert len(mails) + len(slack) + len(cables) == summary["messages"]
    interim = folder / "documents" / "2010" / "interim-assessment"
    assert len(list(interim.glob("*.docx"))) == 56
    assert len(list((folder / "documents" / "2010" / "full-assessment").glob("*.docx"))) == 189
    assert len(list((folder / "quarantine").glob("*.findings.txt"))) == summary["submissions"]["refused"]
    missing = [path for path in interim.glob("*.md") if "No report received" in path.read_text(encoding="utf-8")]
    assert len(missing) == summary["submissions_by_step"]["progress-report"]["missing"]
    for one in summary["released"]:
        released = folder / "releases" / "2010" / one["document"].split(":")[2] / f"v{one['version']}"
        assert {path.suffix for path in released.iterdir()} == {".md", ".docx", ".pdf"}


def test_the_ledger_file_is_sorted_and_has_no_two_mails_for_a_position_and_day(
    rehearsed: tuple[Path, dict[str, Any]],
) -> None:
    folder, summary = rehearsed

    with (folder / "ledger.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    assert sum(row["key"].startswith("notice:") for row in rows) == summary["notices"]["promised"]
    digests = [row["key"] for row in rows if row["key"].startswith("message:") and row["key"].count(":") == 5]
    second = [key for key in digests if not key.endswith(":1")]
    assert second == []


def test_the_same_seed_gives_the_same_ledger_and_what_was_decided_once_stays(
    rehearsed: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, _ = rehearsed

    rehearse(tmp_path / "again", seed=7, until="2009-12-15")  # a month after the deadline, and the inputs of bureaus

    decided = _decided(tmp_path / "again" / "ledger.csv")
    assert len(decided) > 1_500
    assert decided <= _decided(folder / "ledger.csv")


def _decided(ledger: Path) -> set[tuple[str, ...]]:
    """Messages, and the notices and obligations about which nothing is open any more."""
    with ledger.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        tuple(row.values())
        for row in rows
        if row["key"].startswith("message:")
        or (row["key"].startswith(("notice:", "obligation:")) and row["decided_at"])
    }


def test_a_rehearsal_whose_ticks_fail_fails_and_says_why(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "templates" / "digest_email.txt.j2").write_text("Due\n\n{{ nothing_of_that_name }}\n", encoding="utf-8")

    done = subprocess.run(
        [*_COMMAND, "--report-year", "2010", "--json", "--out", str(tmp_path / "out")],
        env=os.environ | {"TIPCYCLE_CONFIG_DIR": str(config)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "digest_email.txt.j2: line 3" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_stopped_rehearsal_leaves_no_process_however_often_it_is_stopped(tmp_path: Path) -> None:
    """By the signal for which Prefect has a handler of its own; the others: tests/service/test_end_on_signals.py."""
    mark = f"TIPCYCLE_TEST_MARK={tmp_path}"
    with _started(tmp_path / "out", X_MARK=mark) as running:
        for _ in range(4):
            running.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        told = running.communicate(timeout=60)[1]

    assert (running.returncode, told) == (130, "tipcycle rehearse: stopped\n")
    assert _living(mark) == []


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A rehearsal that runs where the environment names proxies which are not there, and its folder."""
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy"), "http://127.0.0.1:9")
    folder = tmp_path_factory.mktemp("proxied") / "out"
    with _started(folder, **nowhere, ALL_PROXY="socks5://127.0.0.1:9") as running:
        yield folder, running
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)


def test_a_second_rehearsal_in_the_same_folder_is_refused(proxied: tuple[Path, subprocess.Popen[str]]) -> None:
    folder, running = proxied
    second = subprocess.run(
        [*_COMMAND, "--report-year", "2010", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert running.poll() is None
    assert second.returncode == 1
    assert "a rehearsal runs in" in second.stderr
    assert "Traceback" not in second.stderr


def test_proxies_of_the_environment_are_no_concern_of_a_rehearsal(
    proxied: tuple[Path, subprocess.Popen[str]],
) -> None:
    _, running = proxied
    assert running.stderr is not None
    told = [line.strip() for line in _until("Sep 2009", running.stderr)]

    # A month is said once its days are over: flows were run and reported to the server by then.
    assert told[-1] == "Sep 2009"


def _until(last: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if line.strip() == last:
            return


@contextmanager
def _started(out: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A rehearsal in `out`, once it is ready."""
    with subprocess.Popen(
        [*_COMMAND, "--report-year", "2010", "--out", str(out)],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_a_background_job,  # noqa: PLW1509
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith("Ready"):
                break
        yield running


def _living(mark: str) -> list[str]:
    """Processes that inherited the mark, once the last of them had 5 s to go."""
    deadline = time.monotonic() + 5
    while True:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark.encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_bytes().decode(errors="replace"))
            except OSError:
                continue
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def test_nothing_that_a_post_said_and_nothing_marked_ever_went_to_slack(
    rehearsed: tuple[Path, dict[str, Any]],
) -> None:
    folder, _ = rehearsed
    posted = {path.name: path.read_text(encoding="utf-8") for path in (folder / "slack").iterdir()}
    with contextlib.closing(sqlite3.connect(folder / "tipcycle.sqlite3")) as ledger:
        said = [json.loads(row[0]) for row in ledger.execute("select content from submissions")]
        notes = [row[0] for row in ledger.execute("select note from answers")]
    told = {text for form in said for text in _texts(form) if len(text) > 20} | {note for note in notes if note}

    assert len(posted) > 10
    assert len(told) > 100
    assert not [name for name, text in posted.items() if "SBU" in text or "SENSITIVE" in text.upper()]
    assert not [(name, one) for name, text in posted.items() for one in told if one in text]


def _texts(value: Any) -> Iterator[str]:
    """Every text at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))
