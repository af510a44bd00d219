"""What an answer still touches, on both sides of each of the three days."""

from __future__ import annotations

import pytest

from tests.builders import utc
from tipcycle.submissions.late_effect import InterimMoments, late_effect

DRAFTED, CLEARED, RELEASED = utc("2009-12-18 12:00"), utc("2010-01-22 12:00"), utc("2010-01-29 12:00")


@pytest.mark.parametrize(
    ("at", "effect"),
    [
        pytest.param("2009-12-18 11:59", "joins_draft", id="before the draft"),
        pytest.param("2009-12-18 12:00", "chapter_redrafted", id="with the draft"),
        pytest.param("2010-01-22 11:59", "chapter_redrafted", id="before clearance"),
        pytest.param("2010-01-22 12:00", "returns_to_clearance", id="with clearance"),
        pytest.param("2010-01-29 11:59", "returns_to_clearance", id="before the release"),
        pytest.param("2010-01-29 12:00", "supplement", id="with the release"),
        pytest.param("2010-06-14 12:00", "supplement", id="long after"),
    ],
)
def test_the_day_decides_what_an_answer_touches(at: str, effect: str) -> None:
    interim = InterimMoments(DRAFTED, CLEARED, RELEASED)

    assert late_effect("progress-report", interim, at=utc(at)).effect == effect


def test_what_was_not_done_yet_touches_nothing_however_late_it_is() -> None:
    assert late_effect("progress-report", InterimMoments(None, None, None), at=RELEASED).effect == "joins_draft"


def test_a_release_without_recorded_clearance_still_makes_a_supplement() -> None:
    assert late_effect("demarche", InterimMoments(DRAFTED, None, RELEASED), at=RELEASED).effect == "supplement"


def test_an_annual_submission_is_for_the_full_assessment() -> None:
    interim = InterimMoments(DRAFTED, CLEARED, RELEASED)

    assert late_effect("annual-submission", interim, at=RELEASED).effect == "joins_draft"
