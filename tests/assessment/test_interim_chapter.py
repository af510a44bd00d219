"""What a chapter says, and above all what it says when nothing came."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests.builders import config, notices, obligation, places, utc
from tests.submissions.test_rules import ALL_ITEMS, figure, report
from tipcycle.assessment.figures_given import figures_given
from tipcycle.assessment.interim_chapter import InterimChapter, assemble_interim_chapter
from tipcycle.model.placement import Listed
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Accepted, Submission
from tipcycle.operations.country_limits import country_limits

ASKED = utc("2009-09-21 14:00")


def chapter(submission: Submission | None = None, **changed: Any) -> InterimChapter:
    """Azerbaijan's chapter; `changed` are fields of its obligation."""
    owed = obligation("AZE", **changed)
    accepted = None
    if submission:
        received = owed.answered_at or utc("2009-11-10 09:00")
        accepted = Accepted(owed.key, 1, received, owed.late, True, "hash", "file.yaml", submission)
    sent = {-30: utc("2009-10-16 04:00"), -1: utc("2009-11-13 05:00"), 3: utc("2009-11-18 05:00")}
    history = [
        replace(one, state="sent", decided_at=sent[one.days]) if one.days in sent else one for one in notices(owed)
    ]
    return assemble_interim_chapter(
        Listed("AZE", "tier_2_watch_list", True, "2009 Report: Tier 2 Watch List; 2008 Report: Tier 2 Watch List"),
        country="Azerbaijan",
        plan=config().plans["AZE"],
        report=owed,
        accepted=accepted,
        delivery=None,
        notices=history,
        asked_at=ASKED,
        working=places().of_owner("baku"),
        limit=country_limits(config(), ["AZE"], on=date(2009, 12, 18))["AZE"].finding,
        law=config().law,
    )


ON_TIME, LATE = utc("2009-11-10 09:00"), utc("2009-11-15 20:00")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        pytest.param(
            chapter(),
            "No report received (due Sun 15 Nov 2009): asked on Mon 21 Sep 2009, "
            "reminded on 16 Oct, 13 Nov, escalated on 18 Nov.",
            id="nothing came",
        ),
        pytest.param(
            chapter(report(), standing="received", answered_at=ON_TIME),
            "Progress report received on Tue 10 Nov 2009 (due Sun 15 Nov 2009), version 1.",
            id="in time",
        ),
        pytest.param(
            chapter(report(), standing="received", answered_at=LATE),
            "Progress report received on Mon 16 Nov 2009, after it was due (due Sun 15 Nov 2009), version 1.",
            id="a second late",
        ),
        pytest.param(
            chapter(report(items=[], nothing_to_report=True), standing="nil", answered_at=ON_TIME),
            "baku.action-officer attested on Tue 10 Nov 2009 (due Sun 15 Nov 2009) that there was nothing to report.",
            id="nil",
        ),
        pytest.param(
            chapter(standing="waived", reason="post evacuated", approver="gtip.director"),
            "Not required (due Sun 15 Nov 2009): post evacuated (waived by gtip.director).",
            id="waived",
        ),
    ],
)
def test_how_an_answer_came_is_said_in_one_sentence(made: InterimChapter, said: str) -> None:
    assert made.how_received == said


def test_a_changed_deadline_is_told_with_the_first_one() -> None:
    extended = chapter(planned_on=utc("2009-11-27 00:00").date())

    assert "(due Fri 27 Nov 2009, first planned for Sun 15 Nov 2009)" in extended.how_received


def test_high_priority_items_come_first_and_an_open_one_says_so() -> None:
    made = chapter(report(items=ALL_ITEMS[:2]), standing="received", answered_at=ON_TIME)

    assert [(item.id, item.status) for item in made.high_priority] == [
        ("HP1", "begun"),
        ("HP2", "begun"),
        ("HP3", "no answer"),
        ("HP4", "no answer"),
        ("HP5", "no answer"),
    ]
    assert made.further == ()


def test_work_by_others_says_what_the_government_did_or_that_it_does_not_count() -> None:
    items = [{**ALL_ITEMS[0], "by": "other"}, {**ALL_ITEMS[1], "by": "other", "government_role": "It pays the staff."}]

    made = chapter(report(items=items), standing="received", answered_at=ON_TIME)

    assert "so it does not count" in made.high_priority[0].reported
    assert "the government's part: It pays the staff." in made.high_priority[1].reported


def test_a_figure_that_was_not_provided_shows_no_number() -> None:
    unknown = {**figure(), "status": "not provided", "total": None, "labour": None, "sex": None}

    made = chapter(report(statistics=[unknown, figure()]), standing="received", answered_at=ON_TIME)

    assert made.statistics[0][2:] == ("not provided", "", "")
    assert made.statistics[1][2:] == ("12", "3", "9")


def test_the_chapter_has_no_field_for_a_tier() -> None:
    assert not [field.name for field in fields(InterimChapter) if "tier" in field.name]


def test_a_chapter_cites_the_limit_with_the_countrys_own_count_and_the_reference() -> None:
    because, source = chapter().law[0]

    assert because.startswith("It was on Tier 2 Watch List in 1 counted Report (2009)")
    assert "7107(b)(2)(D)(i)" in source


def test_a_chapter_without_figures_says_how_often_they_were_asked_for_and_presumes_nothing_unknown() -> None:
    because, source = chapter().law[1]

    assert "asked for 4 times, last on 2009-11-18" in because
    assert because.endswith(
        "whether the government can give them consistent with its capacity to obtain them is not known."
    )
    assert "7106(b)(1)" in source


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        pytest.param(["no", "yes", "no", "no"], "though the government could give them", id="it could give one"),
        pytest.param(["no", "no", "no", "no"], "the government cannot give them", id="it could give none"),
        pytest.param(["no", "no", "no"], "is not known", id="one is not spoken of"),
        pytest.param(["no", "no", "no", "not known"], "is not known", id="of one it is not known"),
    ],
)
def test_what_is_presumed_of_missing_figures_follows_the_posts_own_judgment(answers: list[str], told: str) -> None:
    missing = [
        {"category": category, "period": figure()["period"], "status": "not provided", "could_provide": answer}
        for category, answer in zip(CATEGORIES, answers, strict=False)
    ]

    because, _ = chapter(report(statistics=missing), standing="received", answered_at=ON_TIME).law[1]

    assert told in because


def test_of_two_figures_of_one_category_the_one_that_was_given_counts() -> None:
    unknown = {"period": figure()["period"], "status": "not provided"}
    listed = [figure(), {"category": "prosecutions", **unknown}]

    assert figures_given(report(statistics=listed).statistics) == {"prosecutions": "provided"}
