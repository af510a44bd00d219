"""An answer in the text of a cable: written by us and read back, and every fault with its paragraph and line."""

from __future__ import annotations

import pytest

from tests.submissions.test_format_page import EXAMPLES
from tests.submissions.test_rules import ADDED, FACTS, MADE, report
from tests.workbooks import LIMIT, cycle, filled
from tests.workbooks import read as read_book
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.submission import Submission, SubmissionStep
from tipcycle.rendering.answer_cable import answer_cable, answer_template
from tipcycle.submissions.gate import content_hash, judge

CABLE = """\
FM AMEMBASSY BAKU
TO SECSTATE WASHDC
UNCLAS BAKU

SENSITIVE

TAGS: KTIP PHUM PREL AJ
SUBJECT: AZERBAIJAN: TIP PROGRESS REPORT

1. (U) TIPCYCLE ANSWER. Report: 2010. Step:
progress-report. Country: AZE. Post: Baku. Submitted
by: baku.action-officer.

2. (SBU) Recommendations:

HP1: begun. Two regions use it (made up). Evidence:
Cabinet order 104. Since: 2009-09-01.

A second paragraph on the same item (made up).

HP2: not begun.

HP4: begun. Outreach (made up). By: other. Government
role: The ministry pays two of the staff.

3. (SBU) Statistics:

prosecutions: 12. Labor: 3. Sex: 9. Period: 2009-04-01
to 2009-10-31. Basis: explicit offense. Offense:
Criminal Code, article on trafficking. Source:
Prosecutor General (made up).

convictions: not provided. Period: 2009-04-01 to
2009-10-31. Could provide: no.

4. (U) End of answer.
"""


def read(text: str) -> Read:
    return read_content(text.encode(), name="answer.txt", max_bytes=LIMIT)


def written(submission: Submission) -> str:
    return answer_cable(cycle().config, submission, templates=cycle().templates)


def said(submission: Submission | None) -> Submission:
    assert submission is not None
    return submission


def test_a_cable_is_read_as_what_it_says() -> None:
    found = said(read(CABLE).submission)

    assert (found.report_year, found.step, found.country, found.post) == (2010, "progress-report", "AZE", "Baku")
    first, second, fourth = found.items
    assert first.narrative == "Two regions use it (made up).\n\nA second paragraph on the same item (made up)."
    assert (first.evidence, str(first.since)) == ("Cabinet order 104", "2009-09-01")
    assert second.status == "not begun"
    assert (fourth.by, fourth.government_role) == ("other", "The ministry pays two of the staff.")
    figure, missing = found.statistics
    assert (figure.total, figure.labour, figure.sex, figure.basis) == (12, 3, 9, "explicit offence")
    assert (missing.status, missing.total, missing.could_provide) == ("not provided", None, "no")


@pytest.mark.parametrize(
    "submission",
    [
        pytest.param(said(read_book(filled()).submission), id="of a workbook"),
        pytest.param(report(items=[], nothing_to_report=True), id="nil"),
        pytest.param(
            report(step="demarche", items=[], demarche={**MADE, "recommendations_added": [ADDED]}), id="on a demarche"
        ),
        pytest.param(report(remarks="Nothing more (made up)."), id="with remarks"),
    ],
)
def test_what_we_write_reads_back_as_the_same_answer(submission: Submission) -> None:
    assert content_hash(said(read(written(submission)).submission)) == content_hash(submission)


def test_the_worked_example_passes_the_gate_as_a_cable_too() -> None:
    example = said(read_content(EXAMPLES[0].encode(), name="a.yaml", max_bytes=LIMIT).submission)

    found = said(read(written(example)).submission)

    assert judge(found, FACTS).findings == ()
    assert [one.total for one in found.statistics] == [34, 12, None, 6]


def test_lines_are_short_enough_for_a_cable() -> None:
    assert max(map(len, written(said(read_book(filled()).submission)).splitlines())) <= 55


@pytest.mark.parametrize("step", ["demarche", "progress-report", "annual-submission"])
def test_the_template_that_nobody_filled_in_answers_nothing(step: SubmissionStep) -> None:
    template = answer_template(cycle().config, "AZE", step, templates=cycle().templates)

    found = read(template.replace("[choose]", "baku.action-officer", 1))

    codes = [one.code for one in judge(found.submission, FACTS).findings] if found.submission else ["file.field"]
    assert codes in (["report.empty"], ["file.field"])


def test_places_of_the_template_left_open_are_not_answered() -> None:
    template = answer_template(cycle().config, "AZE", "progress-report", templates=cycle().templates)
    text = template.replace("[choose]", "baku.action-officer", 1).replace("HP1: [status]", "HP1: begun")

    found = said(read(text).submission)

    assert [(one.id, one.status, one.narrative, one.by) for one in found.items] == [("HP1", "begun", "", "government")]
    assert found.statistics == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        pytest.param("12. Labor", "1,200. Labor", "file.line", "paragraph 3, line 28", id="a thousands separator"),
        pytest.param("12. Labor", "12.5. Labor", "file.line", "paragraph 3, line 28", id="half a case"),
        pytest.param("12. Labor", "-12. Labor", "file.line", "paragraph 3, line 28", id="a negative count"),
        pytest.param("12. Labor", "about 12. Labor", "file.line", "paragraph 3, line 28", id="an estimate"),
        pytest.param("Labor: 3", "Labor: few", "file.line", "paragraph 3, line 28", id="a subset in words"),
        pytest.param("Labor: 3", "Labor: 3. Labour: 4", "file.line", "paragraph 3, line 28", id="a label twice"),
        pytest.param(
            "to 2009-10-31. Basis",
            "to 2009-10-31 and 2008. Basis",
            "file.line",
            "paragraph 3, line 28",
            id="two periods",
        ),
        pytest.param("to 2009-10-31. Basis", "to 2009-02-30. Basis", "file.field", "paragraph 3, line 28", id="no day"),
        pytest.param("HP2: not begun", "HP2: done", "file.field", "paragraph 2, line 21", id="another status"),
        pytest.param("HP2: not begun", "HP 2 not begun", "file.line", "paragraph 2, line 21", id="no colon"),
        pytest.param("HP1: begun.", "We began.", "file.line", "paragraph 2, line 16", id="no item"),
        pytest.param("prosecutions: 12.", "prosecutions 12.", "file.line", "paragraph 3, line 28", id="no figure"),
        pytest.param("Report: 2010.", "Report: soon.", "file.field", "paragraph 1, line 10", id="no year"),
        pytest.param("End of answer.", "To be continued", "file.truncated", "line 36", id="no end"),
        pytest.param("TIPCYCLE ANSWER.", "ANSWER.", "file.unreadable", "line 1", id="another cable"),
    ],
)
def test_what_cannot_be_read_is_refused_with_paragraph_and_line(old: str, new: str, code: str, where: str) -> None:
    assert old in CABLE

    found = read(CABLE.replace(old, new))

    assert found.submission is None
    assert {one.code for one in found.findings} == {code}
    assert found.findings[0].where.startswith(where)
    assert all(one.message and one.remedy and one.source for one in found.findings)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        pytest.param("prosecutions: 12", "indictments: 12", "statistic.category", "line 28", id="a host term"),
        pytest.param(
            "explicit offense. Offense:\nCriminal Code, article on trafficking",
            "explicit offense",
            "statistic.basis_missing",
            "line 28",
            id="no offence",
        ),
        pytest.param("Sex: 9", "Sex: 10", "statistic.subset_exceeds_total", "line 28", id="subsets too large"),
        pytest.param(
            " Government\nrole: The ministry pays two of the staff.",
            "",
            "effort.no_government_role",
            "line 23",
            id="by others",
        ),
        pytest.param("HP2: not begun", "HP9: begun", "item.unknown", "line 21", id="an item that was not asked"),
    ],
)
def test_the_gate_speaks_of_paragraphs_and_lines(old: str, new: str, code: str, where: str) -> None:
    assert old in CABLE
    found = read(CABLE.replace(old, new))

    told = {one.code: one.where for one in found.placed(judge(said(found.submission), FACTS).findings)}

    assert told[code].endswith(where)


def test_paragraphs_that_are_not_of_the_template_are_kept_as_remarks() -> None:
    text = CABLE.replace("2. (SBU) Recomm", "2. (SBU) Summary: the year was quiet (made up).\n\n3. (SBU) Recomm")

    found = said(read(text.replace("3. (SBU) Stat", "4. (SBU) Stat").replace("4. (U) End", "5. (U) End")).submission)

    assert found.remarks == "Summary: the year was quiet (made up)."
    assert len(found.items) == 3


def test_a_cable_in_capitals_is_read_all_the_same() -> None:
    found = said(read(CABLE.upper()).submission)

    assert [one.status for one in found.items] == ["begun", "not begun", "begun"]
    assert [one.category for one in found.statistics] == ["prosecutions", "convictions"]


def test_nothing_that_only_looks_like_a_cable_hides_a_form() -> None:
    form = EXAMPLES[1].replace("...", "remarks: |\n  SUBJECT: A CABLE\n  1. TIPCYCLE ANSWER\n...")

    assert said(read(form).submission).nothing_to_report
