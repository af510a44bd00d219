"""A rehearsal that goes wrong must say so: which failures the play allows, and what may stay owed at its end."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.client.schemas.objects import State
from prefect.states import Completed, Crashed, Failed

from tests.smoke.story import YEAR, Story, utc
from tipcycle.errors import TipcycleError
from tipcycle.operations.count_cycle import count_notices
from tipcycle.operations.find_neglected import find_neglected
from tipcycle.service.rehearsal.demands import require_planned_failure, require_sound_end
from tipcycle.settings import settings
from tipcycle.store import Store

REFUSED = "message:2010:riga.action-officer:email:2009-10-16:1: refused: 550 5.1.1 no such mailbox"
OTHER = "message:2010:baku.action-officer:email:2009-10-16:1: refused: 550 5.1.1 no such mailbox"


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        pytest.param(Completed(message="3 messages"), True, id="nothing failed"),
        pytest.param(Failed(message=f"3 messages; 1 went wrong:\n{REFUSED}"), True, id="the planned refusal"),
        pytest.param(Failed(message=f"3 messages; 2 went wrong:\n{REFUSED}\n{OTHER}"), False, id="another one too"),
        pytest.param(
            Failed(message=f"3 messages; 1 went wrong:\n{REFUSED.replace('refused', 'unknown', 1)}"),
            False,
            id="another outcome",
        ),
        pytest.param(Failed(message="Flow run encountered an exception: ConfigError"), False, id="an exception"),
        pytest.param(Crashed(message=f"3 messages; 1 went wrong:\n{REFUSED}"), False, id="a crash"),
    ],
)
def test_a_tick_may_fail_for_the_planned_refusal_only(state: State[Any], *, allowed: bool) -> None:
    if allowed:
        require_planned_failure(state, refused={REFUSED.partition(": ")[0]})
        return
    with pytest.raises(TipcycleError, match="a flow"):
        require_planned_failure(state, refused={REFUSED.partition(": ")[0]})


def test_after_a_tick_only_what_is_held_back_stays_owed(asked: Story) -> None:
    at = utc("2009-11-30 15:00")  # late: the rungs above keep their distance, so they stay owed
    assert find_neglected(YEAR, at)

    asked.tick(at)

    with Store.read(settings().ledger_url) as store:
        assert store.notices.owed(at)
    assert find_neglected(YEAR, at) == []


def test_a_notice_that_was_due_and_not_sent_makes_the_end_unsound(asked: Story) -> None:
    asked.mailbox.stop()
    at = utc("2009-11-16 15:00")
    asked.tick(at)

    with pytest.raises(TipcycleError, match="due and not decided"):
        require_sound_end(YEAR, _summary(duplicates=0), at=at)


def test_a_message_accepted_twice_makes_the_end_unsound(asked: Story) -> None:
    at = utc("2009-11-16 15:00")
    asked.tick(at)
    require_sound_end(YEAR, _summary(duplicates=0), at=at)

    with pytest.raises(TipcycleError, match="2 messages were accepted more than once"):
        require_sound_end(YEAR, _summary(duplicates=2), at=at)


def _summary(*, duplicates: int) -> dict[str, Any]:
    with Store.read(settings().ledger_url) as store:
        return {"duplicates": duplicates, "notices": count_notices(store, YEAR)}
