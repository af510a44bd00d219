"""kill -9 at every second line of a release: it is released with all its files, or it is not released at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assessments import YEAR, clear_interim, draft_interim, release_interim
from tests.crash.release_killer import OUT
from tests.smoke.story import Story, utc
from tipcycle.model.document import Release
from tipcycle.operations.context import context
from tipcycle.operations.rebuild_releases import rebuild_after_a_crash, releases_to_verify
from tipcycle.operations.release_files import faults_of, folder_of
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.store import forget

pytestmark = pytest.mark.slow


def test_killed_at_every_second_line_a_release_is_whole_or_never_was(asked: Story) -> None:
    _keep_two_countries()
    draft_interim(utc("2010-01-04 15:00"))
    clear_interim(utc("2010-01-28 15:00"))
    ledger, folder = asked.folder / "cleared.sqlite3", asked.folder / "killed"
    _copy(asked.folder / "tipcycle.sqlite3", ledger)

    command = [sys.executable, "-m", "tests.crash.release_killer", str(ledger), str(folder)]
    killer = subprocess.run(command, check=True, capture_output=True, text=True)
    runs, exit_code = (int(word) for word in killer.stdout.split())

    assert exit_code == 0
    assert runs > 30, "the release was killed all the way through"
    outcomes = [_look_after(folder / str(number)) for number in range(1, runs + 1)]
    assert outcomes[0] == "not released"
    assert outcomes[-1] == "released, files in place"
    assert "released, files laid out afterwards" in outcomes
    assert _never_turns_back(outcomes)


def _never_turns_back(outcomes: list[str]) -> bool:
    order = ["not released", "released, files laid out afterwards", "released, files in place"]
    places = [order.index(one) for one in outcomes]
    return places == sorted(places)


def _look_after(var: Path) -> str:
    """What a killed release left, after the next tick's look or the next attempt; both end with the same files."""
    os.environ["TIPCYCLE_VAR_DIR"] = str(var)
    try:
        found = _released()
        if not found:
            assert not folder_of(context(YEAR), "interim-assessment", 1).exists()
            assert release_interim(OUT).released == 1
            (release,) = _released()
            outcome = "not released"
        else:
            (release,) = found
            outcome = "released, files in place"
            if faults_of(context(YEAR), release):
                outcome = "released, files laid out afterwards"
            with Store.begin(settings().ledger_url) as store:
                assert rebuild_after_a_crash(releases_to_verify(store, store.clearances.stamp())) == []
        assert faults_of(context(YEAR), release) == []
        with Store.read(settings().ledger_url) as store:
            step = store.obligations.get(f"obligation:{YEAR}:interim-release:all")
            assert list(store.acts.breaks()) == []
        assert (step.standing, step.answered_at) == ("received", OUT)
        return outcome
    finally:
        forget(settings().ledger_url)


def _released() -> list[Release]:
    with Store.read(settings().ledger_url) as store:
        return store.releases.of_document(f"document:{YEAR}:interim-assessment:all")


def _keep_two_countries() -> None:
    """A list of two, so that a release takes a moment."""
    with Store.begin(settings().ledger_url) as store:
        store.connection.exec_driver_sql("delete from listed where iso3 not in ('AZE', 'SEN')")


def _copy(ledger: Path, target: Path) -> None:
    source, copy = sqlite3.connect(ledger), sqlite3.connect(target)
    source.backup(copy)
    copy.close()
    source.close()
