"""What stories start from; a folder's conftest names these fixtures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.smoke.story import Story, story, utc


@pytest.fixture(scope="session")
def asked_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which every action request is out and every demarche reported, made once and then copied."""
    folder = tmp_path_factory.mktemp("asked")
    with story(folder) as cycle:
        cycle.open_and_ask()
        cycle.report_every_demarche(utc("2009-10-05 12:00"))
        cycle.deliver_receipts(utc("2009-10-05 12:00"))
        ledger = folder / "asked.sqlite3"
        source = sqlite3.connect(folder / "tipcycle.sqlite3")
        target = sqlite3.connect(ledger)
        source.backup(target)
        target.close()
        source.close()
    return ledger


@pytest.fixture
def asked(tmp_path: Path, asked_ledger: Path) -> Iterator[Story]:
    """A cycle in which only progress reports are still owed by posts; nothing was ticked yet."""
    with story(tmp_path, ledger=asked_ledger) as cycle:
        yield cycle
