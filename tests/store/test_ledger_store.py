"""The ledger's promises about itself: schema, moments, the chained log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.databases import Database, on_both_databases
from tipcycle.errors import StoreError
from tipcycle.store import Store
from tipcycle.store.schema import SCHEMA_VERSION, metadata

AT = datetime(2009, 9, 21, 14, tzinfo=UTC)

pytestmark = on_both_databases


@pytest.fixture
def url(database: Database) -> str:
    return database.ledger()


def test_creating_a_ledger_twice_changes_nothing(url: str) -> None:
    assert Store.create(url) is False


def test_the_migrations_build_exactly_the_schema_that_the_code_uses(url: str) -> None:
    engine = sa.create_engine(url)
    built = sa.MetaData()
    built.reflect(engine)

    ours = {table.name: {column.name: column.nullable for column in table.columns} for table in metadata.sorted_tables}
    theirs = {
        table.name: {column.name: column.nullable for column in table.columns}
        for table in built.sorted_tables
        if table.name != "alembic_version"
    }
    assert theirs == ours


def test_the_migrations_go_down_again(database: Database) -> None:
    from tipcycle.store import migrate

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    engine = sa.create_engine(database.own_ledger())
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert set(sa.inspect(engine).get_table_names()) == {"alembic_version"}


def test_an_address_without_a_ledger_says_what_to_do(database: Database) -> None:
    with pytest.raises(StoreError, match="run: tipcycle init"), Store.read(database.empty()):
        pass


def test_an_old_program_refuses_a_newer_ledger(database: Database) -> None:
    address = database.own_ledger()
    with sa.create_engine(address).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    for attempt in (lambda: Store.create(address), lambda: Store.read(address).__enter__()):
        with pytest.raises(StoreError, match=f"newer than this program's {SCHEMA_VERSION}"):
            attempt()


def test_a_moment_without_a_zone_is_refused(url: str) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a time zone"), Store.begin(url) as store:
        store.cycles.open(2010, datetime(2009, 8, 31))  # noqa: DTZ001 - that is what is refused


def test_what_fails_inside_a_transaction_is_not_kept(url: str) -> None:
    def open_twice() -> None:
        with Store.begin(url) as store:
            store.cycles.open(2010, AT)
            store.cycles.open(2010, AT)

    with pytest.raises(sa.exc.IntegrityError):
        open_twice()

    with Store.read(url) as store:
        assert store.cycles.all() == []


def test_a_future_moment_is_refused_unless_the_ledger_is_a_rehearsal_s(database: Database, url: str) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    rehearsal = database.empty()
    Store.create(rehearsal, rehearsal=True)

    with pytest.raises(StoreError, match="lies in the future"), Store.begin(url) as store:
        store.require_possible(tomorrow)
    with Store.begin(rehearsal) as store:
        store.require_possible(tomorrow)
        assert store.is_rehearsal


def test_a_tick_before_the_last_one_counts_as_the_last_one(url: str) -> None:
    with Store.begin(url) as store:
        store.tick(AT)
        assert store.tick(AT - timedelta(days=3)) == AT
        assert store.last_tick_at() == AT


@pytest.mark.parametrize("sql", ["UPDATE acts SET actor = 'x' WHERE number = 2", "DELETE FROM acts WHERE number = 2"])
def test_a_changed_or_lost_line_of_the_log_is_found(url: str, sql: str) -> None:
    with Store.begin(url) as store:
        for number in range(3):
            store.acts.add("test", f"object:{number}", actor="tester", at=AT, number=number)
    with Store.read(url) as store:
        assert list(store.acts.breaks()) == []

    with sa.create_engine(url).begin() as connection:
        connection.execute(sa.text(sql))

    with Store.read(url) as store:
        assert list(store.acts.breaks())
