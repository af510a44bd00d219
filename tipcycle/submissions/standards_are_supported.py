"""Is there more than a word behind a standard that is said to be met?

Source: 22 U.S.C. 7107(b) (efforts are judged by what was done); 22 U.S.C. 7102(5) (concrete actions).
"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_CLAIMS = ("yes", "partly")


def standards_are_supported(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """The chapter is written from narratives; a bare "yes" is kept with a warning."""
    for number, answer in enumerate(submission.standards, 1):
        if answer.met in _CLAIMS and not (answer.narrative.strip() or answer.evidence.strip()):
            yield SubmissionFinding(
                "standard.unsupported",
                "warning",
                f"standards[{number}].narrative",
                f'{answer.id[:20]} is said to be met ("{answer.met}"), and it is not said how.',
                "Say in a sentence what the government did, or name in evidence what shows it.",
                "22 U.S.C. 7102(5) (concrete actions)",
            )
