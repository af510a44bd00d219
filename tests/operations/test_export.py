"""An export holds everything of a cycle that the ledger holds, in files that any program reads, and no secret."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.assessments import clear_interim, draft_interim, release_interim
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.errors import ConfigError, StoreError
from tipcycle.intake.read_submission import read_submission
from tipcycle.operations.export_cycle import export_cycle
from tipcycle.operations.keep_papers import keep_papers
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.schema import metadata
from tipcycle.store.whole_cycle import LEFT_OUT
from tipcycle.submissions.gate import content_hash

FIGURE = {
    "category": "prosecutions",
    "period": {"from": "2009-04-01", "to": "2009-10-31"},
    "status": "provided",
    "total": 7,
    "labour": 2,
    "basis": "explicit offence",
    "offence": "Made-up Article 144",
    "authority": "Made-up ministry",
    "source": "made up",
}


@pytest.fixture
def answered(asked: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Reminders with answer links went out; Azerbaijan answered twice, with a figure; one file was refused."""
    monkeypatch.setenv("TIPCYCLE_INTAKE_URL", "https://tip.example")
    asked.tick(utc("2009-10-16 09:00"))
    for number, total in enumerate((7, 8)):
        figures = [FIGURE | {"total": total}]
        asked.drop(f"aze-{number}.yaml", progress_report("AZE", "Baku", statistics=figures))
        asked.take_in(utc(f"2009-11-1{number} 12:00"))
    asked.drop("broken.yaml", b"tipcycle: [\n")
    asked.take_in(utc("2009-11-12 12:00"))
    keep_papers(YEAR, ["AZE"])
    return asked


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_the_ledger_is_in_the_files(answered: Story, tmp_path: Path) -> None:
    manifest = export_cycle(YEAR, tmp_path / "out")

    with Store.read(settings().ledger_url) as store:
        held = {
            "obligations": len(store.obligations.of_cycle(YEAR)),
            "notices": sum(store.notices.counts(YEAR).values()),
            "messages": len(store.messages.of_cycle(YEAR)),
            "submissions": len(store.submissions.versions_of_cycle(YEAR)),
            "clearances": sum(map(len, store.clearances.of_cycle(YEAR).values())),
            "listed": len(store.cycles.special_watch_list(YEAR)),
            "acts": len(store.acts.all()),
            "refusals": store.submissions.refused_count(),
            "cycles": 1,
        }
    told = {table: len(_rows(tmp_path / "out", f"tables/{table}.csv")) for table in manifest["rows"]}
    assert told == manifest["rows"]
    assert {table: told[table] for table in held} == held
    assert set(told) == set(metadata.tables) - LEFT_OUT, "a table that is added later is exported too"
    assert (held["submissions"], held["refusals"]) == (58, 1)


def test_a_row_says_what_the_ledger_says(answered: Story, tmp_path: Path) -> None:
    export_cycle(YEAR, tmp_path / "out")

    owed = {row["key"]: row for row in _rows(tmp_path / "out", "tables/obligations.csv")}
    report = owed["obligation:2010:progress-report:AZE"]
    assert (report["standing"], report["answered_at"], report["due_at"], report["post"]) == (
        "received",
        "2009-11-10T12:00:00Z",
        "2009-11-15T19:59:59Z",
        "baku",
    )
    assert owed["obligation:2010:interim-release:all"]["country"] == ""
    figures = _rows(tmp_path / "out", "statistics.csv")
    assert [(row["country"], row["version"], row["total"], row["labour"], row["newest"]) for row in figures] == [
        ("AZE", "1", "7", "2", "false"),
        ("AZE", "2", "8", "2", "true"),
    ]
    assert figures[0]["sex"] == "", "unknown is not 0"
    placed = {row["iso3"]: row for row in _rows(tmp_path / "out", "placements.csv")}
    assert placed["AZE"] == {
        "iso3": "AZE",
        "country": "Azerbaijan",
        "report_before": "2WL",
        "published": "2WL",
        "decided": "",
        "special_watch_list": "tier_2_watch_list",
    }


def test_the_chain_of_the_log_can_be_walked_from_the_files(answered: Story, tmp_path: Path) -> None:
    export_cycle(YEAR, tmp_path / "out")

    previous = ""
    for row in _rows(tmp_path / "out", "tables/acts.csv"):
        line: dict[str, Any] = {name: row[name] for name in ("at", "actor", "act", "object")}
        line |= {"number": int(row["number"]), "details": json.loads(row["details"])}
        text = json.dumps([previous, line], sort_keys=True, ensure_ascii=False)
        assert row["hash"] == hashlib.sha256(text.encode()).hexdigest()
        previous = row["hash"]


def test_an_exported_answer_is_one_that_can_be_sent(answered: Story, tmp_path: Path) -> None:
    export_cycle(YEAR, tmp_path / "out")

    with Store.read(settings().ledger_url) as store:
        hashes = {
            f"{one.obligation.replace(':', '.')}.v{one.version}.yaml": one.content_hash
            for one in store.submissions.versions_of_cycle(YEAR)
        }
    files = sorted((tmp_path / "out" / "submissions").iterdir())
    assert {path.name for path in files} == set(hashes)
    for path in files:
        read = read_submission(path, max_bytes=1_000_000)
        assert read.submission is not None, (path, read.findings)
        assert content_hash(read.submission) == hashes[path.name]


def test_no_token_and_no_key_is_in_it(answered: Story, tmp_path: Path) -> None:
    with Store.read(settings().ledger_url) as store:
        bodies = "".join(message.body for message in store.messages.of_cycle(YEAR))
    tokens = set(re.findall(r"/answer/(\S+\.[0-9a-f]{64})", bodies))
    assert tokens
    key = settings().signing_secret

    export_cycle(YEAR, tmp_path / "out")

    for path in (tmp_path / "out").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert key not in content, path
        assert not any(token.encode() in content for token in tokens), path
    mail = next((tmp_path / "out" / "messages").glob("message.2010.baku.*.txt"))
    assert "https://tip.example/answer/(token taken out)" in mail.read_text(encoding="utf-8")


def test_the_manifest_has_the_sum_of_every_file(answered: Story, tmp_path: Path) -> None:
    manifest = export_cycle(YEAR, tmp_path / "out")

    kept = json.loads((tmp_path / "out" / "MANIFEST.json").read_text(encoding="utf-8"))
    there = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*")}
    files = {name: path for name, path in there.items() if path.is_file() and name != "MANIFEST.json"}
    assert kept == manifest
    assert set(manifest["files"]) == set(files)
    for name, path in files.items():
        assert manifest["files"][name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {"documents/cables/AZE.txt", "config/calendar/2010.yaml", "README.txt"} <= set(files)
    assert (tmp_path / "out" / "README.txt").read_text(encoding="utf-8").startswith("SENSITIVE BUT UNCLASSIFIED\n")


def test_the_same_ledger_gives_the_same_bytes(answered: Story, tmp_path: Path) -> None:
    assert export_cycle(YEAR, tmp_path / "one") == export_cycle(YEAR, tmp_path / "two")


def test_a_folder_that_holds_something_is_left_alone(
    answered: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert main(["export", "--report-year", str(YEAR), "--out", str(folder), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)

    with pytest.raises(ConfigError, match="is no empty folder; name one that is empty or not there"):
        export_cycle(YEAR, folder)

    assert json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8")) == before
    assert sorted(path.name for path in tmp_path.iterdir() if "partial" in path.name) == []


def test_a_cycle_that_was_never_opened_has_no_export(answered: Story, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cycle 2011 is not open"):
        export_cycle(2011, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_released_assessments_are_in_it_byte_for_byte_with_their_sums(asked: Story, tmp_path: Path) -> None:
    draft_interim(utc("2010-01-04 15:00"))
    clear_interim(utc("2010-01-28 15:00"))
    release_interim(utc("2010-01-29 15:00"))

    manifest = export_cycle(YEAR, tmp_path / "out")

    lying = settings().var_dir / "releases" / str(YEAR)
    files = {path.relative_to(lying).as_posix(): path.read_bytes() for path in lying.rglob("*") if path.is_file()}
    with Store.read(settings().ledger_url) as store:
        (released,) = store.releases.of_cycle(YEAR)
    assert set(files) == {f"interim-assessment/v1/{name}" for name in released.files}
    for name, content in files.items():
        assert (tmp_path / "out" / "releases" / name).read_bytes() == content
        told = manifest["files"][f"releases/{name}"]["sha256"]
        assert told == hashlib.sha256(content).hexdigest() == released.files[Path(name).name]
