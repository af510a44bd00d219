"""A database that is locked, full, read-only, cut off or of another age: said clearly, nothing lost, nothing twice."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.databases import OnPostgresql
from tests.faults.lock_day import play_lock_day
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.errors import StoreError
from tipcycle.operations.hold import hold
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store
from tipcycle.store import engine as engines
from tipcycle.store.engine import engine
from tipcycle.store.schema import SCHEMA_VERSION, metadata
from tipcycle.store.store import forget

AT, NEXT = utc("2009-10-16 14:00"), utc("2009-10-16 15:00")
OLDER = [f"{number:04}" for number in range(1, int(SCHEMA_VERSION))]


@pytest.fixture
def cycle(asked: Story) -> Story:
    """A cycle on SQLite in which reminders are due."""
    return asked


def file() -> Path:
    return settings().var_dir / "tipcycle.sqlite3"


def hold_baku() -> str:
    return hold(YEAR, scope="post", name="Baku", until_on=utc("2009-11-10 00:00").date(), reason="made up",
                approver="gtip.director", at=AT)  # fmt: skip


def went_once(cycle: Story) -> None:
    """The next tick finds whatever was not done, and does it once."""
    cycle.tick(NEXT)
    assert len(cycle.sent()) > 20
    assert set(cycle.sent().values()) == {1}
    assert cycle.counts()["queued"] == 0
    assert verify_ledger() == []


def test_a_lock_that_is_held_for_a_while_is_waited_for(tmp_path: Path, asked_ledger: Path) -> None:
    day = play_lock_day(tmp_path, asked_ledger, held_s=2)

    assert day.waited_s >= 2
    assert (day.told, day.lost, day.doubled, day.verified) == ("", 0, 0, True)
    assert day.accepted > 20


def test_a_lock_that_outlasts_the_wait_is_told_and_the_next_tick_loses_nothing(
    cycle: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engines._WAIT_MS == 30_000, "a lock of 30 s is waited for, see make faults; here the wait is cut short"
    monkeypatch.setattr(engines, "_WAIT_MS", 300)
    forget(settings().ledger_url)
    engine.cache_clear()
    other = sqlite3.connect(file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="database is locked"):
            cycle.tick(AT)
    finally:
        other.execute("ROLLBACK")
        other.close()
    engine.cache_clear()

    assert cycle.sent() == {}
    went_once(cycle)


def test_a_full_database_is_told_and_once_there_is_room_nothing_is_lost(cycle: Story) -> None:
    with engine(settings().ledger_url).connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    @sa.event.listens_for(engine(settings().ledger_url), "begin")
    def _full(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StoreError, match="full"):
        cycle.tick(AT)
    sa.event.remove(engine(settings().ledger_url), "begin", _full)
    forget(settings().ledger_url)

    assert verify_ledger() == []
    went_once(cycle)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is full at 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk of 16 MB can be mounted here, so none is filled: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def there(small_disk: Path, asked_ledger: Path, tmp_path: Path) -> Iterator[Story]:
    """A cycle whose var folder lies on the small disk; what receivers keep does not."""
    elsewhere: dict[str, Any] = {
        "mailbox": Mailbox(tmp_path / "mails"),
        "slack": SlackReceiver(tmp_path / "slack"),
        "gateway": GatewayReceiver(tmp_path / "cables"),
    }
    with story(small_disk / "var", ledger=asked_ledger, **elsewhere) as cycle:
        yield cycle


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """What a file system does with itself after an error of its disk; whoever is root may not write either."""
    forget(settings().ledger_url)  # no file is open for writing, or the kernel would refuse
    engine.cache_clear()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        forget(settings().ledger_url)
        engine.cache_clear()


def fill(folder: Path, *, but: int) -> Path:
    """A file that takes all room but `but` bytes."""
    filler = folder / "filler"
    free = os.statvfs(folder)
    with filler.open("wb") as file:
        file.write(b"x" * max(free.f_bavail * free.f_frsize - but, 0))
    return filler


@pytest.mark.parametrize("room", [0, 330_000, 500_000])
def test_on_a_full_disk_nothing_is_lost_and_nothing_goes_twice(small_disk: Path, there: Story, room: int) -> None:
    """The room ends while the plan is kept, or once mails went out: then its claim must not outlive it."""
    filler = fill(small_disk, but=room)
    with pytest.raises(StoreError, match=r"disk is full|No space left on device"):
        there.tick(AT)
    filler.unlink()
    forget(settings().ledger_url)
    went_once(there)


def test_on_a_disk_that_may_only_be_read_the_tick_is_told_and_the_next_one_loses_nothing(
    small_disk: Path, there: Story
) -> None:
    with read_only(small_disk), pytest.raises(StoreError, match=r"tipcycle\.sqlite3: .*unable to open database file"):
        there.tick(AT)

    assert there.sent() == {}
    went_once(there)


def test_a_ledger_that_may_only_be_read_refuses_the_operation_and_keeps_what_it_has(cycle: Story) -> None:
    @sa.event.listens_for(engine(settings().ledger_url), "begin")
    def _read_only(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    with pytest.raises(StoreError, match="attempt to write a readonly database"):
        hold_baku()
    sa.event.remove(engine(settings().ledger_url), "begin", _read_only)
    forget(settings().ledger_url)
    went_once(cycle)


def test_a_connection_that_is_cut_in_mid_transaction_leaves_nothing_and_the_next_one_works(
    tmp_path: Path, postgresql: OnPostgresql, asked_template: str
) -> None:
    with story(tmp_path, database=postgresql.copy(asked_template)):

        @sa.event.listens_for(engine(settings().ledger_url), "commit")
        def _cut(_: sa.Connection) -> None:
            postgresql.server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tipcycle'"
            )

        with pytest.raises(StoreError, match="the ledger cannot be used"):
            hold_baku()
        sa.event.remove(engine(settings().ledger_url), "commit", _cut)

        assert verify_ledger() == []
        assert "hold 1:" in hold_baku()


def test_an_old_program_refuses_a_newer_ledger(cycle: Story) -> None:
    with sqlite3.connect(file()) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    forget(settings().ledger_url)

    for use in (hold_baku, lambda: Store.create(settings().ledger_url)):
        with pytest.raises(StoreError, match=r"schema 9999 is newer than this program's \d+; update tipcycle"):
            use()


@pytest.mark.parametrize("stamp", OLDER)
def test_a_ledger_with_data_goes_down_to_each_older_schema_and_up_again(cycle: Story, stamp: str) -> None:
    before = _rows()
    forget(settings().ledger_url)

    _migrate("down", stamp)
    _migrate("up", "head")

    after = _rows()
    kept = {name for name in before if before[name]} & {name for name in after if after[name]}
    assert {"cycles", "obligations", "notices", "messages", "submissions", "acts"} <= kept
    for name in ("obligations", "notices", "messages", "submissions", "acts"):
        assert after[name] == before[name], name
    assert verify_ledger() == []


def _migrate(way: str, to: str) -> None:
    made = sa.create_engine(settings().ledger_url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "tipcycle" / "store" / "migrations"))
    with made.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if way == "down" else command.upgrade)(config, to)
    made.dispose()


def _rows() -> dict[str, list[tuple[object, ...]]]:
    made = sa.create_engine(settings().ledger_url)
    with made.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }
    made.dispose()
    return found
