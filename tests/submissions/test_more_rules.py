"""The rules on figures and dates that need more than one value to judge, with both sides of every line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.submissions.test_rules import ALL_ITEMS, FACTS, figure, report
from tipcycle.submissions import Facts
from tipcycle.submissions.gate import judge


def codes(facts: Facts = FACTS, **changed: Any) -> list[str]:
    """The codes of all findings, in order."""
    return [finding.code for finding in judge(report(**changed), facts).findings]


def figures(*statistics: dict[str, Any]) -> list[str]:
    """The codes of all findings of a report with these statistics."""
    return codes(statistics=list(statistics))


def kinds(**changed: Any) -> dict[str, Any]:
    """Sentences on ten persons."""
    return figure(category="sentences", total=10, labour=None, sex=None, sentences=changed)


@pytest.mark.parametrize("term", ["indictments", "persons charged", "cases disposed", "submitted for prosecution"])
def test_a_host_term_is_explained_by_all_four_categories(term: str) -> None:
    (finding,) = judge(report(statistics=[figure(host_term=term)]), FACTS).findings

    assert finding.code == "statistic.host_term_uninterpreted"
    assert all(name in finding.remedy for name in ("investigations", "prosecutions", "convictions", "sentences"))


@pytest.mark.parametrize(
    "term", ["arrests", "indictments", "charged", "cases disposed", "cases submitted for prosecution"]
)
def test_a_host_term_in_place_of_a_category_is_both_no_category_and_not_interpreted(term: str) -> None:
    assert figures(figure(category=term)) == ["statistic.category", "statistic.host_term_uninterpreted"]


def test_a_host_term_that_an_authority_interpreted_passes() -> None:
    assert figures(figure(host_term="indictments", interpreted_by="Prosecutor General's office")) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"category": "TIP-related convictions"}, "statistic.trafficking_related", id="of the category"),
        pytest.param({"host_term": "trafficking related cases"}, "statistic.trafficking_related", id="of the term"),
        pytest.param({"offence": "crimes related to trafficking"}, "statistic.trafficking_related", id="turned round"),
        pytest.param({"offence": "trafficking\u2013related acts"}, "statistic.trafficking_related", id="with a dash"),
        pytest.param({"offence": "Smuggling of migrants, art. 3"}, "statistic.trafficking_related", id="smuggling"),
        pytest.param({"category": "prostitution arrests"}, "statistic.trafficking_related", id="prostitution"),
        pytest.param({"offence": "Act on Trafficking and Smuggling, art. 2"}, "statistic.mixed_offence", id="both"),
    ],
)
def test_what_is_only_related_to_trafficking_is_refused_once(changed: dict[str, Any], code: str) -> None:
    assert figures(figure(**changed)) == [code]


def test_another_offence_counts_with_specific_evidence_of_trafficking() -> None:
    basis = {"basis": "specific evidence", "evidence": "victims' statements on coercion", "authority": "Prosecutor"}

    assert figures(figure(offence="Pandering, article 244", **basis)) == []


@pytest.mark.parametrize(
    ("start", "end", "reason", "code"),
    [
        pytest.param("2009-04-01", "2010-03-31", "", [], id="the whole period"),
        pytest.param("2009-03-31", "2009-10-31", "", ["statistic.period"], id="from the day before"),
        pytest.param("2009-04-01", "2010-04-01", "", ["statistic.period"], id="to the day after"),
        pytest.param("2008-01-01", "2008-12-31", "", ["statistic.period"], id="last year"),
        pytest.param("2009-01-01", "2009-12-31", "The court counts calendar years.", [], id="with its reason"),
    ],
)
def test_a_figure_counts_the_reporting_period_or_says_why_not(
    start: str, end: str, reason: str, code: list[str]
) -> None:
    assert figures(figure(period={"from": start, "to": end}, period_reason=reason)) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"total": 0, "source": "no data available"}, ["statistic.unknown_as_zero"], id="no data"),
        pytest.param({"total": 0, "source": "Ministry: unknown"}, ["statistic.unknown_as_zero"], id="unknown"),
        pytest.param({"total": 0}, [], id="a true zero"),
        pytest.param({"total": 5, "source": "Ministry; ages unknown"}, [], id="a number with an open detail"),
    ],
)
def test_a_zero_that_nobody_counted_is_an_unknown(changed: dict[str, Any], code: list[str]) -> None:
    assert figures(figure(labour=None, sex=None, **changed)) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"basis": None}, "statistic.basis_missing", id="without a basis"),
        pytest.param({"total": None}, "statistic.total_missing", id="with parts and no whole"),
        pytest.param({"not_comparable_because": ""}, "statistic.not_comparable_unexplained", id="without why"),
    ],
)
def test_a_figure_that_is_not_comparable_is_still_held_to_the_rules(changed: dict[str, Any], code: str) -> None:
    said = {"status": "not comparable", "not_comparable_because": "The law changed."}

    assert figures(figure(**said | changed)) == [code]


@pytest.mark.parametrize(
    ("sentences", "code"),
    [
        pytest.param({"prison": 3, "prison_months": [12, 36], "life": 1, "fine": 10}, [], id="that fit"),
        pytest.param({"fine": 11}, ["statistic.sentences_do_not_fit"], id="more fines than persons"),
        pytest.param({"prison": 1, "prison_months": [12, 36]}, ["statistic.sentences_do_not_fit"], id="too many terms"),
        pytest.param({"prison_months": [12]}, ["statistic.sentences_do_not_fit"], id="a term and no prison"),
    ],
)
def test_kinds_of_sentences_fit_their_figure(sentences: dict[str, Any], code: list[str]) -> None:
    assert figures(kinds(**sentences)) == code


def test_sentences_without_kinds_and_kinds_without_sentences_are_told() -> None:
    assert figures(figure(category="sentences")) == ["statistic.sentence_kinds"]
    assert figures(figure(sentences={"fine": 1})) == ["statistic.sentences_do_not_fit"]


def test_the_same_figure_twice_is_refused_and_on_two_bases_it_is_two() -> None:
    other = {"basis": "specific evidence", "evidence": "wiretaps", "authority": "Court", "total": 13}

    assert figures(figure(), figure(total=13)) == ["statistic.twice"]
    assert figures(figure(), figure(**other)) == []


def test_more_convictions_than_prosecutions_are_asked_about() -> None:
    def both(convictions: int) -> list[str]:
        return figures(figure(), figure(category="convictions", total=convictions))

    assert both(12) == []
    assert both(13) == ["statistic.convictions_above_prosecutions"]


@pytest.mark.parametrize(
    ("total", "last_year", "code"),
    [
        pytest.param(30, 10, [], id="three times"),
        pytest.param(31, 10, ["statistic.jump"], id="more than three times"),
        pytest.param(9, 1, [], id="few"),
        pytest.param(0, 10, ["statistic.jump"], id="from ten to none"),
        pytest.param(12, None, [], id="not known"),
    ],
)
def test_a_jump_against_last_year_is_asked_about(total: int, last_year: int | None, code: list[str]) -> None:
    assert figures(figure(total=total, labour=None, sex=None, last_year=last_year)) == code


def test_last_year_is_what_the_post_says_or_else_the_ledger() -> None:
    facts = Facts(FACTS.plan, FACTS.law, period=FACTS.period, last_year={"prosecutions": 100})

    assert codes(facts, statistics=[figure()]) == ["statistic.jump"]
    assert codes(facts, statistics=[figure(last_year=12)]) == []
    assert codes(facts, statistics=[figure(comparable="no", not_comparable_because="A new law.")]) == []


def test_the_same_round_number_for_two_things_may_be_an_estimate() -> None:
    assert figures(figure(total=50), figure(category="convictions", total=50)) == ["statistic.round_number_repeated"]
    assert figures(figure(), figure(category="convictions")) == []


def test_a_figure_without_a_source_is_kept_with_a_warning() -> None:
    assert figures(figure(source="")) == ["statistic.source_missing"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"since": "2009-10-02", "done_on": "2009-10-01"}, ["item.dates"], id="done before it began"),
        pytest.param({"since": "2009-10-01", "done_on": "2009-10-01"}, [], id="begun and done on one day"),
        pytest.param({"status": "begun", "done_on": "2009-10-01"}, ["item.dates"], id="done and only begun"),
        pytest.param({"done_on": "2009-03-31"}, ["item.outside_period"], id="before the period"),
        pytest.param({"done_on": "2009-04-01"}, [], id="on its first day"),
        pytest.param({"narrative": ""}, ["item.unsupported"], id="a claim without a word"),
        pytest.param({"narrative": "", "evidence": "Cabinet order 12"}, [], id="a claim with its evidence"),
    ],
)
def test_an_answer_has_dates_and_support_that_fit(changed: dict[str, Any], code: list[str]) -> None:
    answer = {"id": "HP1", "status": "implemented", "narrative": "Done by order."} | changed

    assert codes(items=[answer, *ALL_ITEMS[1:]]) == code


def test_a_form_made_for_an_earlier_plan_is_taken_with_a_warning() -> None:
    assert FACTS.plan is not None

    def answered(version: str | None) -> list[str]:
        return codes(Facts(FACTS.plan, FACTS.law, period=FACTS.period, plan_answered=version))

    assert answered(None) == answered(FACTS.plan.version) == []
    assert answered("0123456789ab") == ["item.plan_changed"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", " @SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "a\u202eb", "\u2066x", "a\x07b", "x\ufeff"],
)
def test_a_text_that_hides_something_or_would_run_is_no_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"hidden character|formula"):
        report(remarks=text)


@pytest.mark.parametrize("text", ["- one\n- two", "+1 more than before", "-- item", "نص عربي", "Əliyev", "a = b"])
def test_a_text_of_another_kind_or_script_is_kept_as_it_is(text: str) -> None:
    assert report(remarks=text).remarks == text


def test_of_very_many_findings_the_worst_are_told_and_the_rest_counted() -> None:
    many = [figure(offence=f"Article {number}", source="") for number in range(300)]

    verdict = judge(report(statistics=[*many, figure(category="extraditions")]), FACTS)

    assert len(verdict.findings) == 201
    assert verdict.findings[0].code == "statistic.category"
    assert verdict.findings[-1].code == "file.more_findings"
    assert not verdict.accepted
