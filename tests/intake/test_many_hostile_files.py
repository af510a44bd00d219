"""Hundreds of files that must not get in, through the door that every file takes: none crashes, none is accepted."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.intake.four_forms import FORMS, GOOD, in_workbook
from tests.intake.hostile_files import hostile_files
from tests.ledgers import asked, asked_ledger, asked_template
from tests.smoke.story import Story, utc
from tests.workbooks import KEY, read
from tipcycle.operations.take_in import TakenIn, take_in
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.submissions.gate import content_hash

__all__ = ["asked", "asked_ledger", "asked_template"]

AT = utc("2009-11-10 09:00")


@pytest.fixture
def door(asked: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to put files into; the ledger has asked Azerbaijan for its progress report."""
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY.decode())
    folder = tmp_path / "door"
    folder.mkdir()
    return folder


def taken(folder: Path, content: bytes) -> TakenIn:
    path = folder / "answer"
    path.write_bytes(content)
    return take_in(path, AT)


def test_the_good_answer_gets_in_in_every_form_and_is_one_answer(door: Path) -> None:
    outcomes = [taken(door, write(GOOD)).outcome for write in FORMS.values()]

    # The workbook of `FORMS` answers all five high-priority items, the others one.
    assert outcomes == ["accepted", "identical", "accepted", "accepted"]


@pytest.mark.slow
def test_no_hostile_file_crashes_and_none_is_accepted(door: Path) -> None:
    wrong: list[str] = []
    names: set[str] = set()
    for name, content in hostile_files():
        names.add(name)
        told = taken(door, content)
        if told.outcome != "refused":
            wrong.append(f"{name}: {told.outcome}")
        for one in told.findings:
            if not (one.code and one.where and one.message and one.remedy and one.source):
                wrong.append(f"{name}: {one} does not say place, rule and remedy")
        if "root:" in str(told.findings) or KEY.decode() in str(told.findings):
            wrong.append(f"{name}: tells a secret")
        if not any(one.severity == "blocker" for one in told.findings):
            wrong.append(f"{name}: no blocker")

    assert not wrong, "\n".join(wrong)
    assert len(names) >= 300
    with Store.read(settings().ledger_url) as store:
        assert store.submissions.latest("obligation:2010:progress-report:AZE") is None


def test_a_workbook_with_a_bit_turned_is_refused_or_is_what_it_was() -> None:
    good = in_workbook(GOOD)
    whole = read(good).submission
    assert whole is not None
    dice = random.Random(3)
    for _ in range(300):
        turned = bytearray(good)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)

        found = read(bytes(turned))

        assert found.findings or (found.submission and content_hash(found.submission) == content_hash(whole))


def test_the_same_file_twice_at_the_same_instant_is_one_version(door: Path) -> None:
    paths = [door / "first", door / "second"]
    for path in paths:
        path.write_bytes(in_workbook(GOOD))

    with ThreadPoolExecutor(2) as pool:
        outcomes = [told.outcome for told in pool.map(lambda path: take_in(path, AT), paths)]

    assert sorted(outcomes) == ["accepted", "identical"]
