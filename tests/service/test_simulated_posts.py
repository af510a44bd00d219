"""The rehearsal's posts answer in three kinds of files, in equal parts, seeded; every file says that it is made up."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date

import pytest

from tests.workbooks import LIMIT, cycle
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.service.rehearsal.simulated_posts import Dropped, Script, write_script

KEY = "rehearsal"


@pytest.fixture(scope="module")
def script() -> Script:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPCYCLE_SIGNING_KEY", KEY)
        return written(seed=7)


def written(*, seed: int) -> Script:
    config = cycle().config
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=config.calendar.step("special-watch-list").planned_on,
        territories=config.territories,
    )
    return write_script(
        cycle(), [entry.iso3 for entry in listed], seed, second_thoughts_on=(date(2010, 1, 12), date(2010, 2, 10))
    )


def read(file: Dropped) -> Read:
    return read_content(file.content, name=file.name, max_bytes=LIMIT, key=KEY.encode())


def test_workbooks_yaml_and_cables_come_in_equal_parts(script: Script) -> None:
    countries = {(file.name.rpartition("-")[0], file.name.rpartition(".")[2]) for file in script.files}
    by_kind = Counter(file.name.rpartition(".")[2] for file in script.files if "-progress-report." in file.name)

    assert {kind for _, kind in countries} == {"xlsx", "yaml", "txt"}
    assert max(by_kind.values()) - min(by_kind.values()) <= 6, by_kind


def test_every_file_is_readable_unless_its_post_makes_a_fault_first(script: Script) -> None:
    unread = [file.name for file in script.files if read(file).submission is None]

    assert all(name.startswith("first-") for name in unread), unread
    assert {read(file).submission.country for file in script.files if file.name not in unread} >= {"AZE", "SEN"}  # type: ignore[union-attr]


def test_every_file_says_that_it_is_made_up(script: Script) -> None:
    assert [file.name for file in script.files if not _says_made_up(file)] == []


def test_equal_seeds_give_equal_bytes_and_others_do_not(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY)

    assert written(seed=7) == script
    assert written(seed=8) != script


def _says_made_up(file: Dropped) -> bool:
    if file.name.startswith("first-"):
        return True  # it may be cut off or no text at all
    if not file.name.endswith(".xlsx"):
        return b"ade-up" in file.content or b"made up" in file.content
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        return any(b"Made-up" in book.read(name) for name in book.namelist())
