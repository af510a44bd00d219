"""Does each figure count trafficking itself, and nothing that is only related to it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.model.statistic import Statistic
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_RELATED = re.compile(
    r"\b(?:traffick\w*|tip)\s*[-\u2010-\u2015\s]?\s*(?:related|linked|connected|type)\b"
    r"|\b(?:related|linked|connected|similar) to (?:human |child )?traffick",
    re.IGNORECASE,
)
_ANOTHER_OFFENCE = re.compile(
    r"\b(?:prostitut|smuggl|pimping|pander|brothel|illegal (?:im)?migration|vagrancy|sex work|commercial sex)",
    re.IGNORECASE,
)
_TRAFFICKING = re.compile(r"\btraffick", re.IGNORECASE)


def statistic_is_of_trafficking(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Figures on prostitution or smuggling are refused, unless specific evidence shows that it was trafficking.

    An offence that names both is taken with a warning: many laws treat trafficking beside something else.
    """
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}]"
        field = only_related(statistic)
        if field:
            yield SubmissionFinding(
                "statistic.trafficking_related",
                "blocker",
                f"{where}.{field}",
                f'"{getattr(statistic, field)[:80]}" makes it a trafficking-related figure; its link to trafficking '
                "is not clear.",
                "Leave it out, or count only the cases of trafficking among it, and give their legal basis: the "
                "explicit offence, or the specific evidence and the authority that has it.",
                "seed para 5",
            )
        elif statistic.basis != "specific evidence" and _ANOTHER_OFFENCE.search(statistic.offence):
            yield SubmissionFinding(
                "statistic.mixed_offence",
                "warning",
                f"{where}.offence",
                f'"{statistic.offence[:80]}" names another offence beside trafficking.',
                "Make sure that only the cases of trafficking are counted, and name the article that defines it.",
                "seed para 5",
            )


def only_related(statistic: Statistic) -> str:
    """The field whose words make the figure only related to trafficking; empty if none does."""
    fields = ("category", "host_term", "offence", "evidence")
    return next((field for field in fields if _is_refused(statistic, field)), "")


def _is_refused(statistic: Statistic, field: str) -> bool:
    said = getattr(statistic, field)
    if _RELATED.search(said):
        return True
    if field == "evidence" or not _ANOTHER_OFFENCE.search(said):
        return False
    if field == "category":
        return True
    return statistic.basis != "specific evidence" and not _TRAFFICKING.search(said)
