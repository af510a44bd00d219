"""Has somebody who may judge it read the government's own term into one of the four categories?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.model.statistic import CATEGORIES, Statistic
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import FOUR_CATEGORIES, Facts
from tipcycle.submissions.statistic_is_of_trafficking import only_related

# Words of police and courts that do not say by themselves which of the four is meant.
_HOST_TERMS = re.compile(
    r"\b(?:indict|charg|arrest|detain|detention|apprehen|accus|suspect|dispos|submitted|referr|transferred|forwarded|"
    r"registered|opened|initiated|filed|pending|closed|solved|heard|tried|trial|verdict|ruling|judg|guilty|"
    r"case|complaint|raid|rescue|warrant)",
    re.IGNORECASE,
)


def statistic_host_term_is_interpreted(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """A host term without who interpreted it is a blocker: the same word means a charge here and a verdict there."""
    for number, statistic in enumerate(submission.statistics, 1):
        term = _host_term(statistic)
        if term and not statistic.interpreted_by.strip() and not only_related(statistic):
            yield SubmissionFinding(
                "statistic.host_term_uninterpreted",
                "blocker",
                f"statistics[{number}].interpreted_by",
                f'"{term}" is the government\'s own term, and it is not said who read it into one of the four.',
                "Ask what the term counts, choose the category that it fits, and name in interpreted_by the position "
                f"or authority that said so. {FOUR_CATEGORIES}.",
                "seed para 5",
            )


def _host_term(statistic: Statistic) -> str:
    """The host's term: where it is named, or where it stands in place of a category; empty if it is our own word."""
    named = statistic.host_term.strip()
    if named:
        return "" if named.lower() == statistic.category else named
    is_ours = statistic.category in CATEGORIES
    return "" if is_ours or not _HOST_TERMS.search(statistic.category) else statistic.category
