"""The databases that a ledger can lie on: SQLite, and also PostgreSQL for a test that is marked `on_both_databases`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa

from tests.postgresql import INSTALL, Server, programs
from tipcycle.store import Store
from tipcycle.store.schema import ledger, metadata
from tipcycle.store.store import forget

on_both_databases = pytest.mark.on_both_databases


def run_on_both(metafunc: pytest.Metafunc) -> None:
    """Give a marked test both databases, by way of whatever fixture of its takes one."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker(on_both_databases.name):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


class Database(Protocol):
    """Where one test's ledgers lie."""

    def empty(self) -> str:
        """The address of a new database without anything in it."""

    def ledger(self) -> str:
        """The address of a new ledger, whose tables the test leaves as they are."""

    def own_ledger(self) -> str:
        """The address of a new ledger that the test may take apart."""


class OnSqlite:
    """Files in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, 0

    def empty(self) -> str:
        """An address; the file comes with the ledger."""
        self._made += 1
        return f"sqlite:///{self._folder / f'ledger-{self._made}.sqlite3'}"

    def ledger(self) -> str:
        """A ledger built by its migrations."""
        address = self.empty()
        Store.create(address)
        return address

    own_ledger = ledger


class OnPostgresql:
    """Databases of the session's server; making one costs some tenths of a second, emptying one hardly anything."""

    def __init__(self, server: Server, template: str, reused: str) -> None:
        self.server, self._template, self._reused = server, template, reused
        self._names: list[str] = []
        self._emptied = False

    def empty(self) -> str:
        """A new database."""
        return self.copy("template0")

    def ledger(self) -> str:
        """The first is one that every test uses, emptied; any other is new."""
        if self._emptied:
            return self.own_ledger()
        self._emptied = True
        url = self.server.url(self._reused)
        with sa.create_engine(url).begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(ledger.insert().values(id=1, rehearsal=False, turn=0))
        return url

    def own_ledger(self) -> str:
        """A copy of a ledger that was built by its migrations once."""
        return self.copy(self._template)

    def copy(self, template: str) -> str:
        """A copy of a database to which nobody is connected."""
        self._names.append(self.server.create(template))
        return self.server.url(self._names[-1])

    def close(self) -> None:
        """Drop what was made."""
        for name in self._names:
            forget(self.server.url(name))
            self.server.drop(name)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """PostgreSQL, one a process of the tests; without it they are skipped loudly, but never in CI."""
    folder = programs()
    if folder is None:
        reason = f"PostgreSQL 15 or later is not installed, so nothing is tested on it; to have it: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        warnings.warn(reason, stacklevel=1)
        pytest.skip(reason)
    running = Server(folder)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def migrated_database(postgresql_server: Server) -> str:
    """The name of a database that holds a new ledger, to be copied."""
    name = postgresql_server.create()
    Store.create(postgresql_server.url(name))
    forget(postgresql_server.url(name))
    return name


@pytest.fixture(scope="session")
def reused_database(postgresql_server: Server, migrated_database: str) -> str:
    """The name of a database with a ledger that each test finds empty."""
    return postgresql_server.create(migrated_database)


@pytest.fixture
def postgresql(postgresql_server: Server, migrated_database: str, reused_database: str) -> Iterator[OnPostgresql]:
    """Databases on PostgreSQL, dropped after the test."""
    made = OnPostgresql(postgresql_server, migrated_database, reused_database)
    yield made
    made.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """Databases of the kind that the test asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return OnSqlite(tmp_path)
    made: OnPostgresql = request.getfixturevalue("postgresql")
    return made
