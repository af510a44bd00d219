"""Is there more than a word behind an answer that claims progress?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_CLAIMS = ("implemented", "partly", "reversed")


def items_are_supported(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """The chapter is written from narratives; a status without one, and without evidence, is kept with a warning."""
    for number, item in enumerate(submission.items, 1):
        if item.status in _CLAIMS and not (item.narrative.strip() or item.evidence.strip()):
            yield SubmissionFinding(
                "item.unsupported",
                "warning",
                f"items[{number}].narrative",
                f'{item.id} is "{item.status}", and it is not said how.',
                "Say in a sentence what was done, or name in evidence what shows it.",
                "seed para 4; 22 U.S.C. 7102(5) (concrete actions)",
            )
