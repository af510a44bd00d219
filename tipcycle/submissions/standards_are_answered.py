"""Does an annual submission say of every standard and indicium of its Report how the government stands to it?

Source: 22 U.S.C. 7107(b)(1) (each Report, each year) with 7106(a) and (b).
"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.submissions.rule import Facts, reports_on_standards, says_nothing


def standards_are_answered(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Each one without an answer is an error, and the submission is taken as partial (decision 0007).

    An annual submission that attests nil is taken as nil, and partial too: the law asks for a placement every year.
    """
    if not reports_on_standards(submission) or says_nothing(submission):
        return
    asked = asked_standards(facts.law, report_year=submission.report_year)
    answered = {answer.id for answer in submission.standards}
    if not answered:
        told = f"None of the {len(asked)} minimum standards and indicia of the Report has an answer"
        nil = ", and a placement is made every year, also where nothing is new" if submission.nothing_to_report else ""
        yield _unanswered("standards", f"{told}{nil}.")
        return
    for number, text in asked.items():
        if number not in answered:
            yield _unanswered(f"standards {number}", f"{number} ({text}) has no answer.")


def _unanswered(where: str, message: str) -> SubmissionFinding:
    remedy = 'Answer it; "not known" is an answer.'
    return SubmissionFinding("standard.unanswered", "error", where, message, remedy, "22 U.S.C. 7106(a) and (b)")
