"""Over random stories (reports, changed deadlines, refusals, outages, stand-ins) the watchman finds nothing amiss."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, story, utc
from tests.smoke.watched_story import RandomActs, settle_everything
from tipcycle.operations.watchman import watchman


@pytest.mark.parametrize("seed", range(4))
def test_the_watchman_is_silent_over_a_story_in_which_everything_was_done(tmp_path: Path, seed: int) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_ask()
        acts = RandomActs(cycle, seed)
        last = acts.play(utc("2009-09-21 15:00"))
        settle_everything(last)

        seen = watchman(YEAR, last + timedelta(minutes=10)).watch

    assert [one.line for one in seen.differences] == [], "\n".join(acts.told)
    assert (seen.unknown, seen.late) == (0, 0)
    assert seen.promised == seen.done + seen.waiting > 800
