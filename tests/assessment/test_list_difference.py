"""A recorded list against what the placements give: what comes, what goes, what changes its group."""

from __future__ import annotations

import pytest

from tipcycle.assessment.list_difference import list_difference
from tipcycle.model.placement import Group, Listed


def listed(text: str) -> list[Listed]:
    """`AAA:w BBB:1` as entries: w is the watch list, 1 moved up to Tier 1, 3 moved up from Tier 3."""
    groups: dict[str, Group] = {"w": "tier_2_watch_list", "1": "moved_up_to_1", "3": "moved_up_from_3"}
    return [Listed(one[:3], groups[one[4]], counted=True, because=text) for one in text.split()]


@pytest.mark.parametrize(
    ("recorded", "now", "told"),
    [
        pytest.param("AAA:w BBB:1", "BBB:1 AAA:w", "", id="the same, whatever the order and the words"),
        pytest.param("AAA:w", "AAA:w BBB:w", "+BBB", id="one comes"),
        pytest.param("AAA:w BBB:w", "AAA:w", "−BBB", id="one goes"),
        pytest.param("AAA:w", "AAA:3", "another group: AAA", id="another group"),
        pytest.param("AAA:w BBB:w DDD:1", "BBB:3 CCC:w EEE:w", "+CCC +EEE −AAA −DDD, another group: BBB", id="all"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_the_difference_is_told_in_signs(recorded: str, now: str, told: str) -> None:
    difference = list_difference(listed(recorded), listed(now))

    assert difference.told == told
    assert bool(difference) == bool(told)
