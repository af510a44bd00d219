"""The ledger on a PostgreSQL server: what can keep it from being used is told, and what several do at once follows."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.databases import Database, OnPostgresql, on_both_databases
from tipcycle.errors import StoreError
from tipcycle.settings import ROOT
from tipcycle.store import Store
from tipcycle.store.engine import engine
from tipcycle.store.store import forget

AT = datetime(2009, 9, 21, 14, tzinfo=UTC)


@pytest.fixture
def url(postgresql: OnPostgresql) -> str:
    return postgresql.ledger()


@pytest.fixture
def stranger(postgresql: OnPostgresql) -> Iterator[str]:
    """A role that may connect and no more; its password is "strange"."""
    postgresql.server.execute("CREATE ROLE stranger LOGIN PASSWORD 'strange'")
    yield "stranger"
    postgresql.server.execute("DROP ROLE stranger")


def test_the_plain_form_of_the_address_means_the_same_database(url: str) -> None:
    plain = url.replace("postgresql+psycopg://", "postgresql://")

    with Store.begin(plain) as store:
        store.cycles.open(2010, AT)
    forget(plain)

    with Store.read(url) as store:
        assert [cycle.report_year for cycle in store.cycles.all()] == [2010]


@pytest.mark.parametrize(
    ("change", "said", "remedy"),
    [
        pytest.param(
            ("@127.0.0.1:", "@127.0.0.1:1#"), "refused", "start the server, or correct host and port", id="no server"
        ),
        pytest.param(
            ("tipcycle:", "tipcycle:not-"), "password authentication", "correct role and password", id="password"
        ),
        pytest.param(("/ledger", "/no-ledger"), "does not exist", "make it (docs/operations.md", id="no database"),
        pytest.param(("/ledger", "/ledger?rest=1&was="), "invalid", "of a running server", id="an option nobody knows"),
    ],
)
def test_a_server_that_lets_us_not_in_is_told_with_the_remedy_and_without_the_password(
    url: str, change: tuple[str, str], said: str, remedy: str
) -> None:
    changed = url.replace(*change)
    if "#" in changed:
        before, _, after = changed.partition("#")
        changed = before + after[after.index("/") :]
    password = sa.make_url(url).password or ""

    for attempt in (lambda: Store.create(changed), lambda: Store.read(changed).__enter__()):
        with pytest.raises(StoreError, match="the ledger cannot be used") as told:
            attempt()

        assert said in str(told.value)
        assert remedy in str(told.value)
        assert password not in str(told.value)


def test_a_password_behind_the_question_mark_is_not_shown_either(url: str) -> None:
    address = sa.make_url(url)
    moved = address.set(password=None, database="none").update_query_dict({"password": str(address.password)})

    with pytest.raises(StoreError) as told, Store.read(moved.render_as_string(hide_password=False)):
        pass

    assert "does not exist" in str(told.value)
    assert str(address.password) not in str(told.value)


def test_prefects_own_address_is_refused_with_the_right_form() -> None:
    with (
        pytest.raises(StoreError, match=r"another program; write it as .*postgresql\+psycopg://"),
        Store.read("postgresql+asyncpg://tipcycle:secret@127.0.0.1/none"),
    ):
        pass


def test_a_role_that_may_not_make_tables_is_told_so(postgresql: OnPostgresql, stranger: str) -> None:
    database = sa.make_url(postgresql.empty()).database or ""
    theirs = postgresql.server.url(database, role=stranger, password="strange")

    with pytest.raises(StoreError, match=r"permission denied.*; make this role the owner of database and tables"):
        Store.create(theirs)
    forget(theirs)


def test_the_statements_in_the_handbook_make_a_database_that_its_role_can_fill_and_use(
    postgresql: OnPostgresql,
) -> None:
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sql\n(.*?)```", handbook, re.DOTALL)
    statements = [line.replace("tipcycle", "handbook") for line in block.splitlines()]
    theirs = postgresql.server.url("handbook", role="handbook", password="a%20long%20one")

    for statement in statements:
        postgresql.server.execute(statement)
    new = Store.create(theirs)
    with Store.begin(theirs) as store:
        store.cycles.open(2010, AT)

    assert new
    with Store.read(theirs) as store:
        assert len(store.cycles.all()) == 1
    forget(theirs)
    postgresql.server.drop("handbook")
    postgresql.server.execute("DROP ROLE handbook")


def test_a_dump_is_restored_whole(postgresql: OnPostgresql, url: str) -> None:
    with Store.begin(url) as store:
        store.cycles.open(2010, AT)
        store.acts.add("test", "é ü \u202f", actor="tester", at=AT)
    restored = postgresql.empty()

    dump = postgresql.server.program("pg_dump", "--format=custom", url)
    postgresql.server.program("pg_restore", "--exit-on-error", "--dbname", restored, given=dump)

    assert Store.create(restored) is False
    with Store.read(restored) as store:
        assert [act.object for act in store.acts.all()] == ["é ü \u202f"]
        assert list(store.acts.breaks()) == []


def test_a_standby_that_only_reads_is_told_so(url: str) -> None:
    standby = f"{url}?options=-c%20default_transaction_read_only%3Don"

    with pytest.raises(StoreError, match="name the primary server"), Store.begin(standby):
        pass
    forget(standby)


def test_a_character_that_the_database_has_no_room_for_is_told(url: str) -> None:
    with pytest.raises(StoreError, match=r"the ledger cannot keep this: .*NUL"), Store.begin(url) as store:
        store.acts.add("test", "object:\x00", actor="tester", at=AT)


@on_both_databases
def test_an_id_that_no_database_takes_is_one_that_nobody_has(database: Database) -> None:
    with Store.read(database.ledger()) as store:
        assert store.uploads.find("x\x00y") is None
        assert store.uploads.find("\ud800") is None


def test_two_who_make_the_ledger_at_once_make_one(postgresql: OnPostgresql) -> None:
    url = postgresql.empty()
    engine(url)

    with ThreadPoolExecutor(max_workers=2) as both:
        new = list(both.map(lambda _: Store.create(url), range(2)))

    assert sorted(new) == [False, True]
    with Store.read(url) as store:
        assert store.is_rehearsal is False


def test_a_reader_sees_one_moment_while_others_write(url: str) -> None:
    with Store.read(url) as reader:
        assert reader.cycles.all() == []

        with Store.begin(url) as writer:
            writer.cycles.open(2010, AT)

        assert reader.cycles.all() == [], "what is committed meanwhile belongs to the next reading"
    with Store.read(url) as reader:
        assert len(reader.cycles.all()) == 1


def test_a_reader_cannot_write(url: str) -> None:
    with Store.read(url) as store, pytest.raises(sa.exc.InternalError, match="read-only transaction"):
        store.cycles.open(2010, AT)


def test_writers_follow_each_other_and_each_sees_what_the_one_before_did(url: str) -> None:
    def add(number: int) -> None:
        with Store.begin(url) as store:
            store.acts.add("test", f"object:{number}", actor="tester", at=AT)

    with ThreadPoolExecutor(max_workers=8) as many:
        list(many.map(add, range(40)))

    with Store.read(url) as store:
        assert [act.number for act in store.acts.all()] == list(range(1, 41))
        assert list(store.acts.breaks()) == []


def test_a_writer_that_waits_too_long_is_told_and_nothing_of_it_stays(url: str) -> None:
    impatient = f"{url}?options=-c%20lock_timeout%3D100"

    with Store.begin(url) as first:
        first.cycles.open(2010, AT)
        with pytest.raises(StoreError, match="lock timeout"), Store.begin(impatient):
            pass
    forget(impatient)

    with Store.read(url) as store:
        assert [cycle.report_year for cycle in store.cycles.all()] == [2010]


def test_a_connection_cut_in_mid_transaction_is_told_and_the_next_one_works(postgresql: OnPostgresql, url: str) -> None:
    def cut_between_two_acts() -> None:
        with Store.begin(url) as store:
            store.cycles.open(2010, AT)
            _cut(postgresql, store)
            store.cycles.open(2011, AT)

    with pytest.raises(StoreError, match="terminating connection"):
        cut_between_two_acts()

    with Store.begin(url) as store:
        assert store.cycles.all() == []
        store.cycles.open(2012, AT)


def test_a_connection_cut_just_before_the_commit_keeps_nothing(postgresql: OnPostgresql, url: str) -> None:
    def cut_before_the_commit() -> None:
        with Store.begin(url) as store:
            store.cycles.open(2010, AT)
            _cut(postgresql, store)

    with pytest.raises(StoreError, match="terminating connection"):
        cut_before_the_commit()

    with Store.read(url) as store:
        assert store.cycles.all() == []


def test_connections_cut_while_they_rested_are_not_noticed(postgresql: OnPostgresql, url: str) -> None:
    with Store.begin(url) as store:
        store.cycles.open(2010, AT)
    postgresql.server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tipcycle'"
    )

    with Store.read(url) as store:
        assert len(store.cycles.all()) == 1


def test_a_waiting_writer_goes_on_when_the_one_before_it_is_cut(postgresql: OnPostgresql, url: str) -> None:
    began, done = threading.Event(), threading.Event()

    def wait_and_write() -> None:
        began.set()
        with Store.begin(url) as store:
            assert store.cycles.all() == []
            store.cycles.open(2011, AT)
        done.set()

    def write_and_be_cut() -> None:
        with Store.begin(url) as first:
            first.cycles.open(2010, AT)
            second.start()
            began.wait(timeout=30)
            _cut(postgresql, first)

    second = threading.Thread(target=wait_and_write)
    with pytest.raises(StoreError, match="terminating connection"):
        write_and_be_cut()
    second.join(timeout=30)

    assert done.is_set()
    with Store.read(url) as store:
        assert [cycle.report_year for cycle in store.cycles.all()] == [2011]


def _cut(postgresql: OnPostgresql, store: Store) -> None:
    pid = store.connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    postgresql.server.execute(f"SELECT pg_terminate_backend({pid})")
