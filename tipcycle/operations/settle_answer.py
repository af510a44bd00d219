"""Say that a person saw to what a post answered: a wrong office, or an extension that is not granted."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store


def settle_answer(answer_id: str, *, actor: str, at: datetime) -> str:
    """Settle it, with what the same position said of the same kind before; return a line to show.

    Raises `StoreError` if there is nothing to see to.
    """
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        answer = store.answers.find(answer_id)
        if answer is None or answer.answer not in ("wrong_office", "extension"):
            raise StoreError(f"{answer_id}: there is no such answer; tipcycle status lists what waits for a person")
        owed = store.obligations.get(answer.obligation)
        require_position(context(owed.report_year).config, actor)
        if not store.answers.settle(answer, by=actor, at=at):
            raise StoreError(f"{answer_id}: {answer.settled_by} saw to it already")
        store.acts.add("settle-answer", answer.obligation, actor=actor, at=at, answer=answer.id)
    return f"{answer.obligation}: {actor} saw to what {answer.position} said"
