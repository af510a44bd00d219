"""The rehearsal's posts in winter: whole files pass the gate, broken ones are refused, and each case occurs."""

from __future__ import annotations

import io
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest

from tests.workbooks import cycle
from tipcycle.operations.check_submission import Checked, check_submission
from tipcycle.service.rehearsal.annual_answers import annual_answers
from tipcycle.service.rehearsal.simulated_posts import Dropped, beside_last_year

pytestmark = pytest.mark.xdist_group("annual-answers")  # the files are made once

ASKED = tuple(sorted(iso3 for post in cycle().config.posts.values() for iso3 in post.covers))
DUE, DRAFT = date(2010, 3, 1), date(2010, 4, 15)


@pytest.fixture(scope="module", autouse=True)
def _key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPCYCLE_SIGNING_KEY", "rehearsal")
        yield


@pytest.fixture(scope="module")
def files(_key: None) -> tuple[Dropped, ...]:
    started = time.process_time()
    made = annual_answers(cycle(), ASKED, 7)
    spent = time.process_time() - started
    assert spent < 6, f"{spent:.1f} s of CPU; 2.3 on two idle cores"
    return made


@pytest.fixture(scope="module")
def judged(files: tuple[Dropped, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    """What the gate says of each file on the day on which it comes."""
    folder = tmp_path_factory.mktemp("annual")
    return {file.name: check_submission(_kept(folder, file), _at(file)) for file in files}


def _kept(folder: Path, file: Dropped) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def _at(file: Dropped) -> datetime:
    return datetime.combine(file.on, clock(12), UTC)


def test_every_file_passes_the_gate_but_those_that_are_made_to_be_refused(judged: dict[str, Checked]) -> None:
    refused = {name for name, checked in judged.items() if not checked.accepted}

    assert refused == {name for name in judged if name.startswith("first-")}
    assert len(refused) == 9
    assert len({judged[name].findings[0].code for name in refused}) >= 4, "they are broken in different ways"


def test_only_partial_and_nil_ones_are_told_that_something_is_missing(judged: dict[str, Checked]) -> None:
    codes = {
        name: {finding.code for finding in checked.findings if finding.severity == "error"}
        for name, checked in judged.items()
        if checked.accepted
    }

    partial = [name for name, found in codes.items() if found]
    assert {code for name in partial for code in codes[name]} == {"standard.unanswered"}
    assert len(partial) == 9 + 3


def test_most_come_in_february_some_late_and_a_few_never(files: tuple[Dropped, ...]) -> None:
    whole = {file.name[:3]: file.on for file in files if file.name[3] == "-" and file.name[:3] in ASKED}
    late = [on for on in whole.values() if on > DUE]

    assert len(ASKED) == 189
    assert len(ASKED) - len(whole) == 5
    assert len(late) == 28
    assert max(late) <= DUE + timedelta(days=40)
    assert all(on >= date(2010, 2, 1) for on in whole.values())


def test_three_countries_send_a_newer_version_after_the_draft(files: tuple[Dropped, ...]) -> None:
    again = [file for file in files if file.name.startswith("again-")]

    assert len(again) == 3
    assert all(file.on > DRAFT for file in again)
    before = {file.name: file.content for file in files}
    assert all(before[file.name.removeprefix("again-")] != file.content for file in again)


def test_workbooks_yaml_and_cables_come_in_equal_parts(files: tuple[Dropped, ...]) -> None:
    kinds = Counter(file.name.rpartition(".")[2] for file in files)

    assert set(kinds) == {"xlsx", "yaml", "txt"}
    assert max(kinds.values()) - min(kinds.values()) <= 8, kinds


def test_every_file_says_that_it_is_made_up(files: tuple[Dropped, ...]) -> None:
    assert [file.name for file in files if not _says_made_up(file)] == []


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    some = ASKED[:12]

    assert annual_answers(cycle(), some, 7) == annual_answers(cycle(), some, 7)
    assert annual_answers(cycle(), some, 8) != annual_answers(cycle(), some, 7)


def test_nobody_asked_answers_nothing() -> None:
    assert annual_answers(cycle(), (), 7) == ()


def _says_made_up(file: Dropped) -> bool:
    if file.name.startswith("first-"):
        return True  # it may be cut off or no text at all
    if not file.name.endswith(".xlsx"):
        return b"ade-up" in file.content or b"made up" in file.content
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        return any(b"Made-up" in book.read(name) for name in book.namelist())


def test_about_two_thirds_of_the_figures_stand_beside_last_years() -> None:
    drawn = [beside_last_year(iso3, category, 12) for iso3 in ASKED for category in ("prosecutions", "sentences")]

    told = [one for one in drawn if "last_year" in one]
    assert 0.6 < len(told) / len(drawn) < 0.73
    assert {one["comparable"] for one in told} == {"yes", "no"}
    assert all(one.get("not_comparable_because") for one in told if one["comparable"] == "no")
