"""What a chapter says, and above all what it says when nothing came."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.assessment.chapters import LATE, ON_TIME, assembled, text
from tests.builders import utc
from tests.submissions.test_rules import ADDED, ALL_ITEMS, DEMARCHE, MADE, figure, report
from tipcycle.assessment.figures_given import figures_given
from tipcycle.model.chapter import Chapter, Section, Sentence
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Submission


def chapter(submission: Submission | None = None, **changed: Any) -> Chapter:
    """Azerbaijan's chapter; `changed` are fields of its obligation."""
    return assembled(submission, **changed).chapter


@pytest.mark.parametrize(
    ("made", "said"),
    [
        pytest.param(
            chapter(),
            "No report received (due November 15, 2009): asked on September 21, 2009, "
            "reminded on October 16, November 13, 2009, escalated on November 18, 2009.",
            id="nothing came",
        ),
        pytest.param(
            chapter(report(), standing="received", answered_at=ON_TIME),
            "Progress report received on November 10, 2009 (due November 15, 2009).",
            id="in time",
        ),
        pytest.param(
            chapter(report(), standing="received", answered_at=LATE),
            "Progress report received on November 16, 2009, after it was due (due November 15, 2009).",
            id="a second late",
        ),
        pytest.param(
            chapter(report(items=[], nothing_to_report=True), standing="nil", answered_at=ON_TIME),
            "The action officer at Baku attested on November 10, 2009 (due November 15, 2009) that there was nothing "
            "to report.",
            id="nil",
        ),
        pytest.param(
            chapter(standing="waived", reason="post evacuated", approver="gtip.director"),
            "Not required (due November 15, 2009): post evacuated (waived by the Director, G/TIP).",
            id="waived",
        ),
    ],
)
def test_how_an_answer_came_is_said_in_one_sentence(made: Chapter, said: str) -> None:
    assert text(made, "received") == said


def test_a_changed_deadline_is_told_with_the_first_one() -> None:
    extended = chapter(planned_on=utc("2009-11-27 00:00").date())

    assert "(due November 27, 2009, first planned for November 15, 2009)" in text(extended, "received")


def test_high_priority_items_come_first_and_an_open_one_says_that_it_is_not_known() -> None:
    made = chapter(report(items=ALL_ITEMS[:2]), complete=False)

    assert [section.id for section in made.sections][:2] == ["received", "high-priority"]
    assert [text(made, f"item.HP{number}.grade").partition(":")[0] for number in range(1, 6)] == [
        "HP1, begun",
        "HP2, begun",
        *[f"HP{number}, no answer (the report does not speak of it, so it is not known)" for number in (3, 4, 5)],
    ]
    assert text(made, "received").endswith("It is partial: not every high-priority item was answered.")


def test_of_a_report_that_did_not_come_the_days_stand_once_at_the_head() -> None:
    made = chapter()

    assert text(made, "item.HP1.grade").startswith("HP1, no report after reminders, so not known: ")
    assert [one.anchor for one in made.sentences() if "reminded on" in one.text] == ["received"]
    grade = made.find("item.HP1.grade")
    assert grade is not None
    assert "ledger/progress-report" in [source.input for source in grade.sources]


def test_work_by_others_says_what_the_government_did_or_that_it_does_not_count() -> None:
    items = [{**ALL_ITEMS[0], "by": "other"}, {**ALL_ITEMS[1], "by": "other", "government_role": "It pays the staff."}]

    made = chapter(report(items=items))

    assert text(made, "item.HP1.grade").startswith("HP1, none by the government (reported as begun, but by others;")
    assert "so it does not count" in text(made, "item.HP1.reported")
    assert text(made, "item.HP2.grade").startswith("HP2, begun:")
    assert "the government's part: It pays the staff." in text(made, "item.HP2.reported")


def test_further_items_stand_by_pillar_and_those_without_an_answer_together() -> None:
    made = chapter(report(items=[*ALL_ITEMS, {"id": "PROS1", "status": "partly", "narrative": "Two courses."}]))

    by_id = {section.id: [one.anchor for one in section.sentences] for section in made.sections}
    assert by_id["further-prosecution"][:2] == ["item.PROS1.grade", "item.PROS1.reported"]
    assert [anchors[-1] for name, anchors in by_id.items() if name == "further-protection"] == [
        "further.protection.unanswered"
    ]


def test_a_figure_that_was_not_provided_shows_no_number() -> None:
    unknown = {**figure(), "status": "not provided", "total": None, "labour": None, "sex": None}

    made = chapter(report(statistics=[unknown, figure(category="convictions")]))

    assert text(made, "statistic.prosecutions").startswith(
        "Prosecutions, April 1, 2009 to October 31, 2009: not provided. "
    )
    assert "12, of them 3 for labor and 9 for sex trafficking." in text(made, "statistic.convictions")


def test_a_figure_tells_who_read_the_hosts_term_the_basis_last_year_and_the_kinds_of_sentences() -> None:
    said = figure(
        category="sentences",
        host_term="Verurteilte",
        interpreted_by="baku.action-officer",
        last_year=10,
        comparable="no",
        not_comparable_because="the code changed",
        sentences={"prison": 9, "prison_months": [12, 24], "life": 1, "suspended": 2, "fine": 1},
    )

    made = text(chapter(report(statistics=[said])), "statistic.sentences")

    assert made == (
        "Sentences, April 1, 2009 to October 31, 2009: 12, of them 3 for labor and 9 for sex trafficking. "
        'The government calls it "Verurteilte", read into this category by the action officer at Baku. '
        "Legal basis: an explicit trafficking offense (offense: Criminal Code, article on trafficking). "
        "The year before: 10; comparable with it: no, because the code changed. "
        "By kind: 9 prison terms (12, 24 months), 1 for life, 2 suspended terms, 1 fine. Source: Prosecutor General."
    )


def test_the_demarche_the_governments_comments_and_what_post_added_have_their_own_sections() -> None:
    made = {**MADE, "comments": "The government asks for training.", "recommendations_added": [ADDED]}
    answers = [*ALL_ITEMS, {"id": "POST1", "status": "implemented", "narrative": "It is open."}]

    said = chapter(report(items=answers), delivery=report(**DEMARCHE, demarche=made))

    assert text(said, "demarche.delivery") == (
        "Non-paper delivered on October 1, 2009 to Minister of Justice (minister). Noted."
    )
    assert text(said, "demarche.comments") == "The government asks for training."
    assert text(said, "item.POST1.grade") == "POST1, implemented: Open a second shelter."
    (added,) = (section for section in said.sections if section.id == "added")
    assert [one.anchor for one in added.sentences] == ["item.POST1.grade", "item.POST1.reported"]


def test_every_input_is_used_and_every_anchor_stands_once_whatever_came() -> None:
    twice = [*ALL_ITEMS, {"id": "HP1", "status": "partly", "narrative": "Again."}, {"id": "X9", "status": "begun"}]
    odd = report(items=twice, statistics=[figure(), figure(offence="Another")], remarks="More.")
    delivery = report(**DEMARCHE | {"demarche": MADE, "remarks": "Beside.", "statistics": [figure()]})

    for made in (assembled(), assembled(odd, delivery=delivery), assembled(standing="waived")):
        used = {source.input for sentence in made.chapter.sentences() for source in sentence.sources}
        assert used == set(made.inputs.by_name)
        anchors = [one.anchor for one in made.chapter.sentences()]
        assert len(anchors) == len(set(anchors))
        assert all(one.text == " ".join(one.text.split()) != "" for one in made.chapter.sentences())


def test_no_sentence_says_which_version_of_a_report_it_was_made_of() -> None:
    first, again = (chapter(report(statistics=[figure()]), version=number) for number in (1, 7))

    assert [one.text for one in first.sentences()] == [one.text for one in again.sentences()]
    assert {source.version for one in again.sentences() for source in one.sources} == {None, 7}


def test_the_chapter_has_no_field_for_a_tier() -> None:
    names = [field.name for kind in (Chapter, Section, Sentence) for field in fields(kind)]
    assert not [name for name in names if "tier" in name]


def test_a_chapter_cites_the_limit_with_the_countrys_own_count_and_the_reference() -> None:
    said = text(chapter(), "law.two_year_limit")

    assert said.startswith("It was on Tier 2 Watch List in 1 counted Report (2009)")
    assert "7107(b)(2)(D)(i)" in said


def test_a_chapter_without_figures_says_how_often_they_were_asked_for_and_presumes_nothing_unknown() -> None:
    said = text(chapter(), "law.data_provision")

    assert "asked for on 3 days, last on November 13, 2009" in said
    because, _, source = said.partition(" [")
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

    made = chapter(report(statistics=missing))

    assert told in text(made, "law.data_provision")


def test_of_two_figures_of_one_category_the_one_that_was_given_counts() -> None:
    unknown = {"period": figure()["period"], "status": "not provided"}
    listed = [figure(), {"category": "prosecutions", **unknown}]

    assert figures_given(report(statistics=listed).statistics) == {"prosecutions": "provided"}
