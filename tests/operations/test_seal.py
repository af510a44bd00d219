"""Each of 200 changes that anybody but the program makes in the ledger is found; what the program does is no fault."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.crash.sweep import Sweep
from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.cli import main
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.hold import hold, lift_hold
from tipcycle.operations.seal_ledger import seal_ledger
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.settings import settings
from tipcycle.store.schema import Moment, metadata

SEED, CHANGES = 20091115, 200
FIRST, SECOND, THIRD = utc("2009-10-16 14:00"), utc("2009-10-19 14:00"), utc("2009-11-10 14:00")


@contextmanager
def behind_the_program() -> Iterator[sa.Connection]:
    """A connection of somebody who knows SQL, whose changes are taken back afterwards by the test itself."""
    engine = sa.create_engine(settings().ledger_url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Story]:
    """A cycle of a few countries, so that 200 looks at it take seconds."""
    beginning = Sweep(tmp_path / "sweep").beginning("asked") / "tipcycle.sqlite3"
    with story(tmp_path / "small", ledger=beginning) as cycle:
        yield cycle


def live(cycle: Story) -> None:
    """Some weeks of ordinary work."""
    cycle.tick(FIRST)
    hold(YEAR, scope="post", name="Baku", until_on=date(2009, 11, 10), reason="made up", approver="gtip.director",
         at=SECOND)  # fmt: skip
    lift_hold(1, reason="made up", by="gtip.director", at=SECOND)
    change_deadline(YEAR, step="progress-report", country="SEN", planned_on=date(2009, 11, 27), at=SECOND,
                    reason_class="post asked", reason="made up", approver="gtip.director", preview=False)  # fmt: skip
    cycle.tick(SECOND)
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku"))
    cycle.take_in(THIRD)
    cycle.tick(THIRD)


def test_each_of_200_changes_behind_the_program_is_found(small: Story) -> None:
    live(small)
    seal_ledger()
    assert verify_ledger() == []
    drawn = random.Random(SEED)
    missed = [told for told in (_one_change(drawn) for _ in range(CHANGES)) if told]

    assert missed == []
    assert verify_ledger() == [], "every change was taken back"


def test_what_the_program_does_after_a_seal_is_no_fault(asked: Story) -> None:
    seal_ledger()
    live(asked)

    assert verify_ledger() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE messages SET body = 'other' WHERE rowid = 1", "was changed after it was written"),
        ("UPDATE notices SET position = 'x.y' WHERE rowid = 1", "was changed after it was written"),
        ("DELETE FROM submissions WHERE rowid = 1", "is gone"),
        ("DELETE FROM acts WHERE number = 3", "act 3 is missing"),
        ("DELETE FROM acts WHERE number = (SELECT max(number) FROM acts)", "is gone"),
    ],
)
def test_what_never_changes_is_held_to_an_older_seal_too(asked: Story, statement: str, said: str) -> None:
    seal_ledger()
    with behind_the_program() as connection:
        connection.exec_driver_sql(statement)
    asked.tick(FIRST)

    assert any(said in line for line in verify_ledger())


def test_the_command_seals_what_is_whole_only(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--seal"]) == 0
    seal = settings().var_dir / "seal.json"
    before = seal.read_bytes()
    with behind_the_program() as connection:
        connection.exec_driver_sql("UPDATE obligations SET standing = 'nil' WHERE country = 'SEN'")

    assert main(["verify", "--seal"]) == 1

    assert "obligations obligation:2010:demarche:SEN: was changed, and not by tipcycle" in capsys.readouterr().out
    assert seal.read_bytes() == before


def _one_change(drawn: random.Random) -> str:
    """Make one change, look, and take it back; what it was if nobody noticed.

    The count of writes is left alone: raised, it says that the program wrote since, and only what stays is compared.
    """
    with behind_the_program() as connection:
        filled = [
            t for t in metadata.sorted_tables if connection.execute(sa.select(sa.func.count()).select_from(t)).scalar()
        ]
        table = drawn.choice(filled)
        rows = list(connection.execute(table.select()).mappings())
        row = dict(drawn.choice(rows))
        same = sa.and_(*(column == row[column.name] for column in table.primary_key.columns))
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        deleted = table.name != "ledger" and drawn.random() < 0.2
        if deleted:
            connection.execute(table.delete().where(same))
            told = f"{table.name}: {row} deleted"
        else:
            column = drawn.choice([one for one in table.c if not one.primary_key and one.name != "turn"])
            other = _another(row[column.name], column, drawn)
            connection.execute(table.update().where(same).values({column.name: other}))
            told = f"{table.name}.{column.name}: {row[column.name]!r} to {other!r}"
    found = verify_ledger()
    with behind_the_program() as connection:
        if deleted:
            connection.execute(table.insert(), [row])
        else:
            connection.execute(table.update().where(same).values({column.name: row[column.name]}))
    return "" if found else told


def _another(value: Any, column: sa.Column[Any], drawn: random.Random) -> Any:
    """Another value of that kind; None becomes one."""
    kind: Any = datetime if isinstance(column.type, Moment) else dict
    if not isinstance(column.type, sa.JSON | Moment):
        kind = column.type.python_type
    if isinstance(value, bool) or kind is bool:
        return not value
    if isinstance(value, datetime) or kind is datetime:
        return (value or FIRST) + timedelta(seconds=drawn.randint(1, 10**6))
    if isinstance(value, date) or kind is date:
        return (value or FIRST.date()) + timedelta(days=drawn.randint(1, 90))
    if isinstance(value, int) or kind is int:
        return (value or 0) + drawn.randint(1, 9)
    if isinstance(column.type, sa.JSON):
        return {"made": "up", "was": str(value)[:20]}
    return f"{value or ''}{drawn.choice('abcdef')}"
