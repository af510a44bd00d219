"""Whatever waits, what is claimed and recorded is found by its key: SQLite's own plan of each statement is read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.smoke.story import YEAR, story, utc
from tipcycle.operations.deliver import deliver
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.settings import settings
from tipcycle.store import Store

_AT = utc("2009-10-16 14:00")
_BY_STATE = {"ix_messages_state", "ix_notices_owed"}


def test_a_group_is_claimed_and_recorded_without_reading_the_backlog(tmp_path: Path, asked_ledger: Path) -> None:
    with story(tmp_path, ledger=asked_ledger):
        (batch, *_) = plan_messages(_AT).batches
        with _plans() as plans:
            asyncio.run(deliver(batch, _AT))

        changing = {statement: plan for statement, plan in plans.items() if statement.startswith("UPDATE")}
        assert len(changing) >= 3, "messages claimed, messages recorded, notices recorded"
        assert not {statement: plan for statement, plan in changing.items() if any(one in plan for one in _BY_STATE)}
        assert _accepted() >= set(batch)


@contextmanager
def _plans() -> Iterator[dict[str, str]]:
    """How SQLite looks for what each statement of the block is about."""
    plans: dict[str, str] = {}

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, __: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
            plans[statement] = "; ".join(row[3] for row in cursor.fetchall())

    sa.event.listen(sa.Engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", explain)


def _accepted() -> set[str]:
    with Store.read(settings().ledger_url) as store:
        return {message.key for message in store.messages.in_states(YEAR, ["accepted"])}
