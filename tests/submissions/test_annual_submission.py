"""The wider form of winter: minimum standards and indicia of that Report's law, and all four categories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import config
from tests.submissions.test_rules import ALL_ITEMS, FACTS, figure, report
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Submission
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.submissions import Facts
from tipcycle.submissions.changes import what_changed
from tipcycle.submissions.gate import judge

ASKED = asked_standards(config().law, report_year=2010)
NARRATIVE = "Made up: the courts and the police act."
WITHOUT_PLAN = replace(FACTS, plan=None)


def standards(**changed: Any) -> list[dict[str, Any]]:
    """An answer to each standard and indicium of the 2010 Report."""
    return [{"id": number, "met": "partly", "narrative": NARRATIVE} | changed for number in ASKED]


def annual(**changed: Any) -> Submission:
    """A complete annual submission of Azerbaijan."""
    figures = [figure(category=category, sentences=_kinds(category)) for category in CATEGORIES]
    form = {"step": "annual-submission", "items": [], "standards": standards(), "statistics": figures}
    return report(**(form | changed))


def _kinds(category: str) -> dict[str, Any] | None:
    return {"fine": 12} if category == "sentences" else None


def codes(facts: Facts = FACTS, **changed: Any) -> list[str]:
    """The codes of all findings, in order."""
    return [finding.code for finding in judge(annual(**changed), facts).findings]


@pytest.mark.parametrize("facts", [FACTS, WITHOUT_PLAN], ids=["with a plan", "without a plan"])
def test_a_whole_annual_submission_has_no_finding(facts: Facts) -> None:
    assert codes(facts) == []


@pytest.mark.parametrize(
    ("year", "standards", "indicia"),
    [(2001, 4, 7), (2003, 4, 7), (2004, 4, 10), (2008, 4, 10), (2009, 4, 11), (2010, 4, 11), (2013, 4, 12)],
)
def test_each_report_has_the_standards_of_its_own_law(year: int, standards: int, indicia: int) -> None:
    asked = asked_standards(config().law, report_year=year)

    assert [number for number in asked if "." not in number] == [str(n) for n in range(1, standards + 1)]
    assert [number for number in asked if "." in number] == [f"4.{n}" for n in range(1, indicia + 1)]
    assert all(asked.values())


@pytest.mark.parametrize("number", ["4.12", "5", "4.0", "0", "HP1", "4.1.1", " "])
def test_a_number_that_this_report_has_not_is_refused_and_the_known_ones_are_told(number: str) -> None:
    verdict = judge(annual(standards=[*standards(), {"id": number, "met": "no"}]), FACTS)

    (finding,) = verdict.findings
    assert (finding.code, finding.where, verdict.accepted) == ("standard.unknown", "standards[16].id", False)
    assert "1, 2, 3, 4, 4.1, 4.2" in finding.remedy
    assert "4.11" in finding.remedy


def test_the_twelfth_indicium_is_known_to_the_report_that_has_it() -> None:
    twelfth = [*standards(), {"id": "4.12", "met": "no"}]

    assert codes(standards=twelfth, report_year=2014) == []
    assert codes(standards=standards(), report_year=2014) == ["standard.unanswered"]


def test_an_answer_that_stands_twice_is_refused() -> None:
    assert codes(standards=[*standards(), {"id": "4.2", "met": "no"}]) == ["standard.twice"]


def test_what_is_left_out_is_told_one_by_one_and_makes_it_partial() -> None:
    verdict = judge(annual(standards=[one for one in standards() if one["id"] not in ("2", "4.10")]), FACTS)

    assert [finding.where for finding in verdict.findings] == ["standards 2", "standards 4.10"]
    assert (verdict.accepted, verdict.complete) == (True, False)


def test_no_standard_at_all_is_told_once() -> None:
    assert codes(standards=[]) == ["standard.unanswered"]


def test_a_nil_annual_submission_is_taken_as_partial_since_a_placement_is_made_every_year() -> None:
    verdict = judge(annual(nothing_to_report=True, standards=[], statistics=[]), FACTS)

    assert [finding.code for finding in verdict.findings] == ["standard.unanswered"]
    assert "every year" in verdict.findings[0].message
    assert (verdict.accepted, verdict.complete) == (True, False)


def test_a_nil_annual_submission_that_answers_a_standard_is_no_nil() -> None:
    assert "nil.not_empty" in codes(nothing_to_report=True, statistics=[])


def test_an_annual_submission_that_says_nothing_is_refused_and_told_what_it_lacks() -> None:
    (empty,) = judge(annual(standards=[], statistics=[]), FACTS).findings

    assert (empty.code, empty.severity) == ("report.empty", "blocker")
    assert "minimum standards" in empty.remedy


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"met": "yes", "narrative": ""}, ["standard.unsupported"] * 15, id="a bare yes"),
        pytest.param({"met": "partly", "narrative": " "}, ["standard.unsupported"] * 15, id="partly, and a blank"),
        pytest.param({"met": "yes", "narrative": "", "evidence": "Law 12 (made up)"}, [], id="evidence is enough"),
        pytest.param({"met": "no", "narrative": ""}, [], id="a no needs no support"),
        pytest.param({"met": "not known", "narrative": ""}, [], id="unknown is an answer"),
    ],
)
def test_a_standard_that_is_met_says_how(changed: dict[str, Any], expected: list[str]) -> None:
    assert codes(standards=standards(**changed)) == expected


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_of_the_four_categories_is_asked(category: str) -> None:
    left = [one for one in annual().model_dump(by_alias=True)["statistics"] if one["category"] != category]

    verdict = judge(annual(statistics=left), FACTS)

    missing = [one for one in verdict.findings if one.code == "statistic.unanswered"]
    assert [one.where for one in missing] == [f"statistics {category}"]
    assert (verdict.accepted, verdict.complete) == (True, False)


def test_standards_in_a_progress_report_are_said_to_be_in_the_wrong_place() -> None:
    verdict = judge(report(standards=standards()), FACTS)

    assert [finding.code for finding in verdict.findings] == ["standard.not_asked"]
    assert judge(report(), FACTS).findings == ()


def test_it_may_report_on_the_recommendations_too_and_need_not() -> None:
    assert codes(items=ALL_ITEMS[:1]) == []


def test_a_country_that_was_sent_no_plan_cannot_answer_an_item() -> None:
    (finding,) = judge(annual(items=ALL_ITEMS[:1]), WITHOUT_PLAN).findings

    assert (finding.code, finding.remedy) == ("item.unknown", "This country was sent no recommendations.")


def test_changed_standards_are_named_by_their_number() -> None:
    before = annual(standards=standards()[:2])
    now = annual(standards=[standards()[0] | {"met": "yes"}, *standards()[2:3]])

    assert what_changed(before, now) == ("standard 1: met partly → yes", "standard 3: new", "standard 2: gone")
