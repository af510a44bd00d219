"""A rehearsal that goes wrong must say so: which failures the play allows, and what may stay owed at its end."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.client.schemas.objects import State
from prefect.states import Completed, Crashed, Failed

from tests.assessments import clear_interim, draft_interim, release_interim
from tests.smoke.story import YEAR, Story, utc
from tipcycle.errors import TipcycleError
from tipcycle.model.placement import Listed
from tipcycle.operations.context import context
from tipcycle.operations.count_cycle import count_notices
from tipcycle.operations.find_neglected import find_neglected
from tipcycle.operations.release_files import folder_of
from tipcycle.service.rehearsal.demands import require_planned_failure, require_sound_end
from tipcycle.service.rehearsal.year_undone import year_undone
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


def test_a_whole_year_without_releases_placements_and_next_cycle_is_unsound(asked: Story) -> None:
    at = utc("2009-11-16 15:00")
    asked.tick(at)

    with pytest.raises(TipcycleError) as told:
        require_sound_end(YEAR, _summary(duplicates=0), at=at, placements={"AZE": "2WL", "HTI": "none"})

    assert str(told.value).splitlines()[1:] == [
        "interim-assessment 2010: was not released",
        "full-assessment 2010: was not released",
        "AZE: undecided at the end, Tier 2 Watch List in the play",
        "HTI: undecided at the end, no placement in the play",
        "cycle 2011 is not open",
    ]


def test_a_released_file_that_was_touched_and_a_list_that_is_not_the_rules_are_told(asked: Story) -> None:
    draft_interim(utc("2010-01-04 15:00"))
    clear_interim(utc("2010-01-28 15:00"))
    release_interim(utc("2010-01-29 15:00"))
    path = folder_of(context(YEAR), "interim-assessment", 1) / "interim-assessment.md"
    with Store.begin(settings().ledger_url) as store:
        opened = utc("2010-08-30 12:00")
        store.cycles.open(YEAR + 1, opened)
        store.cycles.record_list(YEAR + 1, [Listed("AZE", "moved_up_to_1", counted=True, because="made up")], opened)

    sound = year_undone(YEAR, {})
    path.write_bytes(b"touched")
    touched = year_undone(YEAR, {})

    assert [one for one in touched if one not in sound] == [f"{path}: is not the file that was released"]
    assert "special watch list of 2011: AZE is moved_up_to_1, by the rule tier_2_watch_list" in sound
    assert "special watch list of 2011: SEN is not listed, by the rule tier_2_watch_list" in sound
