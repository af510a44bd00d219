"""Text is kept alike on both databases: of any length, told apart by case, sorted by its bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.databases import Database, OnPostgresql, on_both_databases
from tipcycle.store import Store
from tipcycle.store.schema import metadata

AT = datetime(2009, 9, 21, 14, tzinfo=UTC)

# en-US, the language of the tests' server, sorts these otherwise: "a.b" before "a-c", "b" before "Z", "é" before "f".
WRITTEN = ["Z@posts.example", "a-c@posts.example", "a.b@posts.example", "b@posts.example", "é@posts.example"]


@on_both_databases
def test_keys_sort_by_their_bytes_whatever_the_language_of_the_database(database: Database) -> None:
    with Store.begin(database.ledger()) as store:
        for address in reversed(WRITTEN):
            store.addresses.mark("email", address, reason="", at=AT)

        assert [one.address for one in store.addresses.all()] == sorted(WRITTEN) == WRITTEN


@on_both_databases
def test_a_name_longer_than_anybody_thought_of_is_kept_whole(database: Database) -> None:
    name = "r" * 2000 + ".yaml"

    with Store.begin(database.ledger()) as store:
        store.submissions.refuse(refusal_id=name, file_name=name, obligation=None, kept_as=name, findings=(), at=AT)
        store.acts.add("a" * 100, name, actor="p" * 100, at=AT, text="\x00")

        assert store.submissions.was_refused(name)
        assert list(store.acts.breaks()) == []
        assert store.acts.all()[0].details == {"text": "\x00"}


@on_both_databases
def test_two_addresses_that_differ_in_case_are_two(database: Database) -> None:
    with Store.begin(database.ledger()) as store:
        store.addresses.mark("email", "Dakar@posts.example", reason="", at=AT)
        store.addresses.mark("email", "dakar@posts.example", reason="", at=AT)

        assert store.addresses.clear("dakar@posts.example") == ["email"]
        assert [one.address for one in store.addresses.all()] == ["Dakar@posts.example"]


@pytest.mark.parametrize("upgraded", [False, True], ids=["a new ledger", "one that was given a column since"])
def test_every_text_column_on_postgresql_is_plain_text_in_byte_order(
    postgresql: OnPostgresql, *, upgraded: bool
) -> None:
    url = postgresql.own_ledger()
    if upgraded:
        with sa.create_engine(url).begin() as connection:
            connection.execute(sa.text("ALTER TABLE cycles ADD COLUMN note VARCHAR(5)"))
            connection.execute(sa.text("CREATE TABLE of_another_program (name VARCHAR(5))"))
        Store.create(url)

    with sa.create_engine(url).connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT table_name, data_type, collation_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
            )
        ).all()

    ours = [row for row in found if row.table_name in metadata.tables]
    assert {(row.data_type, row.collation_name) for row in ours} == {("text", "C")}
    assert len(ours) > 100
    assert {row.data_type for row in found if row.table_name == "of_another_program"} <= {"character varying"}
