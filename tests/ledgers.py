"""What stories start from; a folder's conftest names these fixtures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database, OnPostgresql
from tests.postgresql import Server
from tests.smoke.story import Story, story, utc


@pytest.fixture(scope="session")
def asked_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which every action request is out and every demarche reported, made once and then copied."""
    folder = tmp_path_factory.mktemp("asked")
    with story(folder) as cycle:
        ask(cycle)
        ledger = folder / "asked.sqlite3"
        source = sqlite3.connect(folder / "tipcycle.sqlite3")
        target = sqlite3.connect(ledger)
        source.backup(target)
        target.close()
        source.close()
    return ledger


@pytest.fixture(scope="session")
def asked_template(tmp_path_factory: pytest.TempPathFactory, postgresql_server: Server, migrated_database: str) -> str:
    """The name of a database with the same ledger on PostgreSQL, to be copied."""
    name = postgresql_server.create(migrated_database)
    with story(tmp_path_factory.mktemp("asked"), database=postgresql_server.url(name)) as cycle:
        ask(cycle)
    return name


@pytest.fixture
def asked(request: pytest.FixtureRequest, tmp_path: Path, database: Database) -> Iterator[Story]:
    """A cycle in which only progress reports are still owed by posts; nothing was ticked yet."""
    if isinstance(database, OnPostgresql):
        copied = database.copy(request.getfixturevalue("asked_template"))
        with story(tmp_path, database=copied) as cycle:
            yield cycle
    else:
        with story(tmp_path, ledger=request.getfixturevalue("asked_ledger")) as cycle:
            yield cycle


def ask(cycle: Story) -> None:
    """Every action request out, every demarche reported and its receipt sent."""
    cycle.open_and_ask()
    cycle.report_every_demarche(utc("2009-10-05 12:00"))
    cycle.deliver_receipts(utc("2009-10-05 12:00"))
