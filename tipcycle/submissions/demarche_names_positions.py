"""Does the report on a demarche say to which positions the non-paper was given, and name no person?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|H\.\s?E|Sheikh|Madame|Monsieur|Excellency)\b\.?", re.IGNORECASE)


def demarche_names_positions(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """Positions are needed for a whole report; a title that goes with a person's name is no position."""
    made = submission.demarche
    if made is None:
        return
    if not made.officials:
        yield SubmissionFinding(
            "demarche.officials_missing",
            "error",
            "demarche.officials",
            "It is not said which officials received the non-paper.",
            "Name their positions, such as Deputy Minister of Justice.",
            "seed para 2",
        )
    for number, official in enumerate(made.officials, 1):
        person = _PERSON.search(official)
        if person:
            yield SubmissionFinding(
                "demarche.person",
                "error",
                f"demarche.officials[{number}]",
                f'"{person.group()}" goes with the name of a person.',
                "Name the position only, such as Deputy Minister of Justice.",
                "seed para 2; no private persons are kept",
            )
    ids = [one.id for one in made.recommendations_added]
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield SubmissionFinding(
            "demarche.recommendation_twice",
            "blocker",
            "demarche.recommendations_added",
            f'"{one}" stands twice.',
            "Give each recommendation that post added its own id: POST1, POST2 and so on.",
            "seed para 4",
        )
