"""The gate's rules: each accepts what it should and refuses what it should, by its own code."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from tests.builders import config
from tipcycle.model.submission import Submission
from tipcycle.settings import ROOT
from tipcycle.submissions import RULES, Facts
from tipcycle.submissions.gate import content_hash, judge

PERIOD = {"from": "2009-04-01", "to": "2009-10-31"}
FACTS = Facts(config().plans["AZE"], config().law, period=config().calendar.reporting_period)
ALL_ITEMS = [{"id": f"HP{number}", "status": "begun"} for number in range(1, 6)]

MADE = {"delivered_on": "2009-10-01", "level": "minister", "officials": ["Minister of Justice"], "reaction": "Noted."}
ADDED = {"id": "POST1", "pillar": "protection", "text": "Open a second shelter."}
DEMARCHE = {"step": "demarche", "items": []}


def report(**changed: Any) -> Submission:
    """A complete progress report of Azerbaijan."""
    form = {
        "tipcycle": "submission/1",
        "report_year": 2010,
        "step": "progress-report",
        "country": "AZE",
        "post": "Baku",
        "submitted_by": "baku.action-officer",
        "items": ALL_ITEMS,
    }
    return Submission.model_validate(form | changed)


def figure(**changed: Any) -> dict[str, Any]:
    """An acceptable statistic."""
    good = {
        "category": "prosecutions",
        "period": PERIOD,
        "status": "provided",
        "total": 12,
        "labour": 3,
        "sex": 9,
        "basis": "explicit offence",
        "offence": "Criminal Code, article on trafficking",
        "source": "Prosecutor General",
    }
    return good | changed


def test_a_complete_report_has_no_finding() -> None:
    verdict = judge(report(statistics=[figure()]), FACTS)

    assert verdict.findings == ()
    assert (verdict.accepted, verdict.complete) == (True, True)


@pytest.mark.parametrize(
    ("changed", "code", "accepted"),
    [
        pytest.param(
            {"items": [*ALL_ITEMS, {"id": "HP6", "status": "begun"}]}, "item.unknown", False, id="unknown item"
        ),
        pytest.param({"items": [*ALL_ITEMS, ALL_ITEMS[0]]}, "item.twice", False, id="item twice"),
        pytest.param({"items": ALL_ITEMS[1:]}, "item.unanswered", True, id="high-priority item open: partial"),
        pytest.param({"items": []}, "report.empty", False, id="nothing at all"),
        pytest.param({"nothing_to_report": True}, "nil.not_empty", False, id="nil and not nil"),
        pytest.param(
            {"step": "demarche", "items": []}, "demarche.missing", False, id="a delivery that is not described"
        ),
        pytest.param(
            {**DEMARCHE, "demarche": {**MADE, "officials": []}}, "demarche.officials_missing", True, id="nobody"
        ),
        pytest.param(
            {**DEMARCHE, "demarche": {**MADE, "officials": ["Minister of Justice", "Dr. N. N., adviser"]}},
            "demarche.person",
            True,
            id="a person is named",
        ),
        pytest.param(
            {**DEMARCHE, "demarche": {**MADE, "recommendations_added": [ADDED, ADDED]}},
            "demarche.recommendation_twice",
            False,
            id="one id for two recommendations",
        ),
        pytest.param(
            {"items": [{**ALL_ITEMS[0], "by": "other"}, *ALL_ITEMS[1:]]},
            "effort.no_government_role",
            True,
            id="NGO only",
        ),
        pytest.param(
            {"statistics": [figure(category="extraditions")]}, "statistic.category", False, id="a fifth category"
        ),
        pytest.param(
            {"statistics": [figure(category="indictments", interpreted_by="Prosecutor General")]},
            "statistic.category",
            False,
            id="a host term in place of a category",
        ),
        pytest.param(
            {"statistics": [figure(host_term="cases disposed of")]},
            "statistic.host_term_uninterpreted",
            False,
            id="a host term that nobody interpreted",
        ),
        pytest.param(
            {"statistics": [figure(category="trafficking-related arrests")]},
            "statistic.trafficking_related",
            False,
            id="trafficking-related",
        ),
        pytest.param(
            {"statistics": [figure(offence="Law on Prostitution")]},
            "statistic.trafficking_related",
            False,
            id="prostitution as its offence",
        ),
        pytest.param({"statistics": [figure(basis=None)]}, "statistic.basis_missing", False, id="no basis"),
        pytest.param({"statistics": [figure(offence=" ")]}, "statistic.basis_missing", False, id="no offence named"),
        pytest.param(
            {"statistics": [figure(basis="specific evidence", evidence="wiretaps")]},
            "statistic.evidence_missing",
            False,
            id="evidence without its authority",
        ),
        pytest.param(
            {"statistics": [figure(total=11)]}, "statistic.subset_exceeds_total", False, id="subsets too large"
        ),
        pytest.param(
            {"statistics": [figure(total=None, labour=None, sex=None)]},
            "statistic.total_missing",
            False,
            id="no number",
        ),
        pytest.param(
            {"statistics": [figure(status="not provided", total=0, labour=None, sex=None)]},
            "statistic.unknown_as_zero",
            False,
            id="unknown as zero",
        ),
    ],
)
def test_each_fault_has_its_code_and_its_remedy(changed: dict[str, Any], code: str, accepted: bool) -> None:
    verdict = judge(report(**changed), FACTS)

    assert [finding.code for finding in verdict.findings] == [code]
    assert verdict.accepted is accepted
    assert all(finding.where and finding.remedy and finding.source for finding in verdict.findings)


@pytest.mark.parametrize(
    "statistic",
    [
        pytest.param(figure(total=12, labour=12, sex=0), id="subsets that fill the total"),
        pytest.param(figure(total=0, labour=0, sex=0), id="a true zero"),
        pytest.param(figure(labour=None, sex=None), id="no subsets known"),
        pytest.param(
            figure(basis="specific evidence", evidence="victims' statements", authority="prosecutor"), id="evidence"
        ),
        pytest.param({"category": "convictions", "period": PERIOD, "status": "not provided"}, id="not provided"),
    ],
)
def test_an_honest_figure_passes(statistic: dict[str, Any]) -> None:
    assert judge(report(statistics=[statistic]), FACTS).findings == ()


def test_nil_passes_alone() -> None:
    assert judge(report(items=[], nothing_to_report=True), FACTS).findings == ()


def test_work_by_others_counts_with_the_government_s_own_part() -> None:
    role = {"by": "other", "government_role": "The ministry pays two of the staff."}

    assert judge(report(items=[{**ALL_ITEMS[0], **role}, *ALL_ITEMS[1:]]), FACTS).findings == ()


def test_an_open_item_makes_the_report_partial_and_not_refused() -> None:
    verdict = judge(report(items=ALL_ITEMS[1:]), FACTS)

    assert (verdict.accepted, verdict.complete) == (True, False)


def test_the_content_decides_the_hash_not_the_way_it_is_written() -> None:
    said = report(statistics=[figure()], remarks="")
    again = Submission.model_validate(dict(reversed(list(said.model_dump(by_alias=True).items()))))

    assert content_hash(said) == content_hash(again)
    assert content_hash(said) != content_hash(report(statistics=[figure(total=13)]))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__name__))
def test_every_rule_has_a_file_of_its_name_that_says_what_it_asks(rule: Any) -> None:
    module = inspect.getmodule(rule)

    assert module is not None
    assert module.__name__ == f"tipcycle.submissions.{rule.__name__}"
    assert (module.__doc__ or "").split(".")[0].count("?"), "a module opens with the question it answers"
    assert rule.__doc__


def test_every_code_of_the_gate_is_documented() -> None:
    import re

    sources = [*(ROOT / "tipcycle" / "submissions").glob("*.py"), *(ROOT / "tipcycle" / "intake").glob("*.py")]
    sources += [
        ROOT / "tipcycle" / "operations" / name for name in ("take_in.py", "who_answers.py", "receive_upload.py")
    ]
    sources.append(ROOT / "tipcycle" / "model" / "submission.py")
    pattern = r'"((?:file|obligation|item|standard|statistic|effort|nil|report|demarche)\.[a-z_]+)"'
    places = {"demarche.officials", "demarche.recommendations_added"}  # where a finding stands, not its code
    used = {code for path in sources for code in re.findall(pattern, path.read_text(encoding="utf-8"))} - places

    documented = set(re.findall(r"`([a-z]+\.[a-z_]+)`", (ROOT / "docs" / "submission-format.md").read_text()))

    assert used
    assert used == {code for code in documented if re.fullmatch(pattern, f'"{code}"')}


def test_a_whole_report_on_a_demarche_has_no_finding() -> None:
    made = MADE | {"comments": "Training is welcome.", "recommendations_added": [ADDED]}

    assert judge(report(**DEMARCHE, demarche=made), FACTS).findings == ()


@pytest.mark.parametrize(
    ("added", "accepted"),
    [
        pytest.param(("POST1",), True, id="recommended by post"),
        pytest.param((), False, id="not recommended by post"),
        pytest.param(None, True, id="without a ledger nobody knows"),
    ],
)
def test_an_answer_to_what_post_added_is_known_by_the_ledger(added: tuple[str, ...] | None, accepted: bool) -> None:
    answers = [*ALL_ITEMS, {"id": "POST1", "status": "begun"}]

    verdict = judge(report(items=answers), Facts(config().plans["AZE"], config().law, added))

    assert verdict.accepted is accepted
