"""A chapter of the full assessment: the 3 Ps, what comes from which report, and nobody without a chapter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders import config, notices, obligation, places, utc
from tipcycle.assessment.full_chapter import assemble_full_chapter
from tipcycle.assessment.full_inputs import FullFacts, Reported, full_inputs
from tipcycle.assessment.stale import stale_sentences
from tipcycle.assessment.support import unsupported, unused
from tipcycle.model.chapter import Chapter
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Accepted, Submission
from tipcycle.model.tier_decision import TierPlacement
from tipcycle.operations.country_limits import country_limits
from tipcycle.rules.forecast import CHOICES, forecast
from tipcycle.rules.placement_in_force import history_of

ASKED, CAME = utc("2009-12-14 15:00"), utc("2010-02-20 12:00")
PERIOD = {"from": "2009-04-01", "to": "2010-03-31"}


def reported(step: str, country: str = "AZE", **said: Any) -> Reported:
    """An answer to `step`, accepted; made up."""
    key = f"obligation:2010:{step}:{country}"
    owed = obligation(country, key=key, step=step, opened_at=ASKED, standing="received", answered_at=CAME)
    form = {
        "tipcycle": "submission/1",
        "report_year": 2010,
        "step": step,
        "country": country,
        "post": "Baku",
        "submitted_by": "baku.action-officer",
    }
    accepted = Accepted(key, 1, CAME, False, True, "hash", "file.yaml", Submission.model_validate(form | said))
    return Reported(owed, accepted)


def facts(country: str = "AZE", **changed: Any) -> FullFacts:
    """What is known of a country whose post was asked and has not answered, unless `changed` says so."""
    history = history_of(config().placements, on=date(2010, 4, 15))
    tiers = history.tiers(country)
    key = f"obligation:2010:annual-submission:{country}"
    values: dict[str, Any] = {
        "plan": config().plans.get(country),
        "annual": Reported(obligation(country, key=key, step="annual-submission", opened_at=ASKED)),
        "progress": Reported(None),
        "delivery": None,
        "before": None,
        "history": {year: tiers[year] for year in sorted(tiers) if year < 2010},
        "decided": None,
        "decided_by": "",
        "covers": config().calendar.reporting_period,
        "limit": country_limits(config(), [country], on=date(2010, 4, 15))[country].finding,
        "forecasts": [forecast(history, country, config().law, report_year=2010, choice=one) for one in CHOICES],
    }
    return FullFacts(
        country,
        country=config().countries[country].name,
        report_year=2010,
        working=places().of_post(config().post_for(country)),
        washington=places().washington,
        law=config().law,
        positions=config().positions,
        **(values | changed),
    )


def said(chapter: Chapter, anchor: str) -> str:
    found = chapter.find(anchor)
    return found.text if found else ""


def sections(chapter: Chapter) -> list[str]:
    return [section.id for section in chapter.sections]


def test_the_sections_follow_the_three_ps() -> None:
    annual = reported(
        "annual-submission",
        items=[{"id": "HP1", "status": "begun", "narrative": "Twelve persons."}],
        standards=[{"id": "1", "met": "yes"}],
        statistics=[{"category": "prosecutions", "period": PERIOD, "status": "provided", "total": 12}],
        remarks="Nothing more.",
    )

    chapter = assemble_full_chapter(facts(annual=annual))

    parts = ["prosecution", "protection", "prevention", "coordination"]
    order = ["overview", *parts, "standards", "statistics", "next", "remarks", "law"]
    assert sections(chapter) == order


def test_every_recommendation_stands_once_in_its_pillar() -> None:
    plan = config().plans["AZE"]

    chapter = assemble_full_chapter(facts())

    graded = {
        one.anchor.split(".")[1]: section.id
        for section in chapter.sections
        for one in section.sentences
        if one.anchor.endswith(".grade")
    }
    wanted = {one.id: one.pillar for one in plan.recommendations}
    assert graded == wanted


def test_the_annual_submission_grades_an_item_and_the_progress_report_only_where_it_is_silent() -> None:
    annual = reported("annual-submission", items=[{"id": "HP1", "status": "implemented", "narrative": "All done."}])
    progress = reported(
        "progress-report",
        items=[
            {"id": "HP1", "status": "begun", "narrative": "A start."},
            {"id": "HP2", "status": "partly", "narrative": "Half of it."},
        ],
    )

    chapter = assemble_full_chapter(facts(annual=annual, progress=progress))

    assert said(chapter, "item.HP1.grade").startswith("HP1, implemented: ")
    assert said(chapter, "item.HP2.grade").startswith("HP2, partly (from the progress report): ")
    assert said(chapter, "item.HP2.reported") == "Half of it."
    assert said(chapter, "beside.progress-report.HP1") == "HP1, from the progress report reported as begun."


def test_what_is_not_implemented_is_asked_again_next_year() -> None:
    plan = config().plans["AZE"]
    done = [{"id": one.id, "status": "implemented", "narrative": "Done."} for one in plan.recommendations]

    some = assemble_full_chapter(facts(annual=reported("annual-submission", items=done[1:])))
    all_ = assemble_full_chapter(facts(annual=reported("annual-submission", items=done)))

    first = plan.recommendations[0]
    assert said(some, f"next.{first.id}") == f"{first.id}: {first.text}"
    assert said(some, f"next.{plan.recommendations[1].id}") == ""
    assert said(all_, "next-none") == "Every recommendation of this cycle was implemented."


def test_a_missing_submission_is_told_with_the_days_of_asking_and_nothing_is_taken_as_known() -> None:
    chapter = assemble_full_chapter(facts())

    assert said(chapter, "received").startswith(
        "No report received (due November 15, 2009): asked on December 14, 2009, "
    )
    assert said(chapter, "item.HP1.grade").startswith("HP1, no report, so not known: ")
    assert said(chapter, "standards-open").endswith("was not reported, so it is not known.")
    assert said(chapter, "statistics-missing") == (
        "Not reported, so not known: investigations, prosecutions, convictions, sentences."
    )


def test_a_country_never_asked_and_never_placed_has_a_chapter_that_says_so() -> None:
    chapter = assemble_full_chapter(facts("GRD", annual=Reported(None)))

    assert said(chapter, "placements") == "No Report before has placed it."
    assert said(chapter, "received") == "Its post was never asked for an annual submission."
    assert said(chapter, "plan") == "No action plan was made for it in this cycle."


def test_an_item_of_a_post_never_asked_is_not_called_reminded() -> None:
    chapter = assemble_full_chapter(facts(annual=Reported(None)))

    assert said(chapter, "item.HP1.grade").startswith("HP1, no answer (its post was never asked, so it is not known): ")


def test_standards_are_told_by_number_with_what_the_law_says_and_the_open_ones_are_named() -> None:
    standards = [
        {"id": "1", "met": "yes", "narrative": "Article 144.", "evidence": "penal code"},
        {"id": "4.10", "met": "not known"},
    ]

    chapter = assemble_full_chapter(facts(annual=reported("annual-submission", standards=standards)))

    assert said(chapter, "standard.1") == (
        "1 (prohibit severe forms of trafficking and punish acts of it): Article 144. Evidence: penal code."
    )
    assert said(chapter, "verdict.1") == "Post on 1: met."
    assert said(chapter, "standard.4.10").endswith("): what the government did was not described.")
    assert said(chapter, "verdict.4.10") == "Post on 4.10: it is not known whether it is met."
    assert said(chapter, "standards-open").startswith(
        "Not answered, so it is not known whether they are met: 2, 3, 4, "
    )


def test_figures_stand_with_last_years_and_the_progress_report_fills_what_is_missing() -> None:
    def figure(category: str, total: int) -> dict[str, Any]:
        return {"category": category, "period": dict(PERIOD), "status": "provided", "total": total}

    annual = reported("annual-submission", statistics=[figure("prosecutions", 12)])
    progress = reported("progress-report", statistics=[figure("prosecutions", 5), figure("convictions", 0)])
    before = reported("annual-submission", statistics=[figure("prosecutions", 9)]).accepted

    chapter = assemble_full_chapter(facts(annual=annual, progress=progress, before=before))

    assert "prosecutions" in said(chapter, "statistic.prosecutions").lower()
    assert said(chapter, "statistic.progress-report.prosecutions") == ""
    assert said(chapter, "statistic.progress-report.convictions").startswith("From the progress report: Convictions")
    assert said(chapter, "last-year.prosecutions") == ("Prosecutions in the annual submission of the 2009 Report: 9.")
    assert said(chapter, "statistics-missing") == "Not reported, so not known: investigations, sentences."


def placed(**changed: Any) -> TierPlacement:
    values: dict[str, Any] = {
        "tier": "2WL",
        "before": "2WL",
        "rationale": "Efforts were made.",
        "explanation": "Six officers were convicted.",
        "standards": ("4.1",),
        "waiver": {},
        "decided_by": "g.principal",
        "decided_at": utc("2010-05-14 16:00"),
    }
    return TierPlacement(2010, "AZE", 1, **(values | changed))


def test_a_tier_is_said_only_once_a_person_decided_it_and_then_the_law_tells_of_that_one_alone() -> None:
    undecided = assemble_full_chapter(facts())
    decided = assemble_full_chapter(facts(decided=placed(), decided_by="Under Secretary"))

    assert said(undecided, "placed") == ""
    assert said(decided, "placed") == (
        "Placed on Tier 2 Watch List in the 2010 Report (decided on May 14, 2010; Under Secretary). Six officers "
        "were convicted. Minimum standards: 4.1."
    )
    law = {one.anchor for section in undecided.sections if section.id == "law" for one in section.sentences}
    after = {one.anchor for section in decided.sections if section.id == "law" for one in section.sentences}
    assert {one for one in law if one.startswith("law.placement-")} == {
        f"law.placement-{one}" for one in ("1", "2", "2WL", "3")
    }, "there is nothing to waive: the limit does not hold for it"
    assert {one for one in after if one.startswith("law.placement-")} == {"law.placement-2WL"}


def test_a_country_that_is_not_placed_says_why_and_nothing_of_what_a_placement_would_mean() -> None:
    decided = placed(tier="none", rationale="It is no country any more.", explanation="", standards=())

    chapter = assemble_full_chapter(facts(decided=decided, decided_by="Under Secretary"))

    assert said(chapter, "placed") == "Not placed in the 2010 Report: It is no country any more."
    assert not [one for one in chapter.sentences() if one.anchor.startswith("law.placement-")]


@pytest.mark.parametrize("country", ["AZE", "GRD", "SWZ", "USA", "HTI", "MMR", "ANT"])
def test_no_sentence_is_without_a_source(country: str) -> None:
    assert unsupported(assemble_full_chapter(facts(country))) == ()


def test_an_answer_that_changes_makes_just_its_own_sentences_stale() -> None:
    items = [
        {"id": "HP1", "status": "begun", "narrative": "A start."},
        {"id": "HP2", "status": "partly", "narrative": "x"},
    ]
    before = facts(annual=reported("annual-submission", items=items))
    changed = reported("annual-submission", items=[items[0] | {"status": "partly"}, items[1]])

    stale = stale_sentences(assemble_full_chapter(before), full_inputs(replace(before, annual=changed)))

    assert [one.anchor for one in stale] == ["item.HP1.grade", "item.HP1.reported", "next.HP1"]


def test_anchors_are_unique_and_fit_the_page_that_officers_edit() -> None:
    from tipcycle.model.chapter_page import ANCHOR

    twice = [{"id": "HP1", "status": "begun", "narrative": "a"}, {"id": "HP1", "status": "partly", "narrative": "b"}]
    chapter = assemble_full_chapter(
        facts(annual=reported("annual-submission", items=twice), progress=reported("progress-report", items=twice))
    )

    anchors = [one.anchor for one in chapter.sentences()]
    assert len(anchors) == len(set(anchors))
    assert [one for one in anchors if not ANCHOR.fullmatch(f"<!-- @ {one} -->")] == []


def test_the_law_of_a_placement_names_no_day_that_hangs_on_the_day_of_the_report() -> None:
    chapter = assemble_full_chapter(facts(decided=placed(tier="3")))

    law = said(chapter, "law.placement-3")
    assert "The President notifies Congress 45 to 90 days after the Report whether assistance" in law
    assert "due day" not in law
    assert not re.search(r"\d{4}-\d{2}-\d{2}", law)


def _figures(status: str, **said: Any) -> list[dict[str, Any]]:
    return [{"category": one, "period": PERIOD, "status": status, **said} for one in CATEGORIES]


@pytest.mark.parametrize(
    ("annual", "earlier", "told"),
    [
        pytest.param(
            _figures("not provided", could_provide="no"),
            _figures("not provided"),
            "the government cannot give them",
            id="the newer no counts, not the older not known",
        ),
        pytest.param(
            _figures("not provided", could_provide="no"),
            _figures("provided", total=4),
            "the government cannot give them",
            id="a figure of the earlier report does not stand in for one that is not given now",
        ),
        pytest.param(
            [],
            _figures("provided", total=4, period={"from": "2009-04-01", "to": "2009-10-31"}),
            "Figures on investigations, prosecutions, convictions and sentences for a part of the period only, asked",
            id="a figure for a part of the period is not given",
        ),
        pytest.param(
            [],
            _figures("provided", total=4),
            "Figures were given for every category",
            id="an earlier figure for the whole period is",
        ),
    ],
)
def test_of_each_category_the_newest_report_says_whether_it_was_given(
    annual: list[dict[str, Any]], earlier: list[dict[str, Any]], told: str
) -> None:
    progress = reported("progress-report", statistics=earlier)

    chapter = assemble_full_chapter(facts(annual=reported("annual-submission", statistics=annual), progress=progress))

    assert told in said(chapter, "law.data-provision")


def test_only_the_request_and_what_went_to_the_post_count_as_asking_a_government() -> None:
    owed = obligation("AZE", key="obligation:2010:annual-submission:AZE", step="annual-submission", opened_at=ASKED)
    sent = [replace(one, state="sent", decided_at=utc("2010-02-01 12:00")) for one in notices(obligation())]
    assert {one.level for one in sent} >= {0, 1, 2}

    chapter = assemble_full_chapter(facts(annual=Reported(owed, None, sent)))

    assert "asked for on 2 days, last on February 1, 2010" in said(chapter, "law.data-provision")
    late = [replace(one, decided_at=utc("2010-03-04 12:00")) for one in sent if one.level > 0]
    escalated = assemble_full_chapter(facts(annual=Reported(owed, None, late)))
    assert "asked for once, on December 14, 2009" in said(escalated, "law.data-provision")


def test_an_item_told_from_the_progress_report_says_so_once() -> None:
    progress = reported("progress-report", items=[{"id": "HP1", "status": "not begun"}])

    chapter = assemble_full_chapter(facts(progress=progress))

    assert said(chapter, "item.HP1.grade").startswith("HP1, none (not begun; from the progress report): ")


def test_items_stand_in_the_order_of_the_plan() -> None:
    plan = config().plans["AZE"]
    mixed = plan.model_copy(update={"recommendations": plan.recommendations[::-1]})

    chapter = assemble_full_chapter(facts(plan=mixed))

    told = [one.anchor.split(".")[1] for one in chapter.sentences() if one.anchor.startswith("next.HP")]
    assert told == ["HP1", "HP2", "HP3", "HP4", "HP5"]


def test_the_plan_is_told_with_the_day_on_which_it_was_handed_over() -> None:
    made = {
        "delivered_on": "2009-10-02",
        "level": "minister",
        "officials": ["Minister of Justice"],
        "reaction": "Noted.",
    }
    handed = reported("demarche", demarche=made).accepted

    assert said(assemble_full_chapter(facts(delivery=handed)), "plan") == (
        "Its government was given an action plan on October 2, 2009."
    )
    assert said(assemble_full_chapter(facts()), "plan").endswith("that it was handed over was not reported.")


@pytest.mark.parametrize("decided", [None, placed()])
def test_no_input_is_left_unused_whether_or_not_a_tier_was_placed(decided: TierPlacement | None) -> None:
    annual = reported("annual-submission", statistics=_figures("provided", total=4))
    earlier = reported("progress-report", statistics=_figures("provided", total=2))
    known = facts(decided=decided, annual=annual, progress=earlier)

    inputs = full_inputs(known)

    assert unused(assemble_full_chapter(known, inputs), inputs) == ()


def test_a_reference_stands_once_in_its_bracket() -> None:
    chapter = assemble_full_chapter(facts())

    for sentence in chapter.sentences():
        if sentence.anchor.startswith("law."):
            cited = sentence.text.rpartition(" [")[2].rstrip("]").split("; ")
            assert len(cited) == len(set(cited))
            assert not any(other.startswith((f"{one}, ", f"{one} and ")) for one in cited for other in cited)


def test_what_would_follow_is_told_as_what_would_be() -> None:
    law = said(assemble_full_chapter(facts(decided=placed())), "law.placement-2WL")

    assert "It would enter the 2011 Report after 2 counted Reports in a row (2009, 2010) on Tier 2 Watch List" in law
    assert "immediately before the 2011 Report" not in law
