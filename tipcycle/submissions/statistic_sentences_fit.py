"""Do the kinds of sentences fit their figure, and is it said which kinds there were?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.statistic import Sentences, Statistic
from tipcycle.model.submission import Submission, SubmissionFinding
from tipcycle.submissions.rule import Facts

_KINDS = ("prison", "suspended", "probation", "fine", "seizure")


def statistic_sentences_fit(submission: Submission, facts: Facts) -> Iterator[SubmissionFinding]:
    """One person may get several kinds, so each kind is at most the total; lengths are those of prison terms."""
    for number, statistic in enumerate(submission.statistics, 1):
        where = f"statistics[{number}].sentences"
        kinds = statistic.sentences
        if kinds is not None:
            yield from _faults(statistic, kinds, where)
        elif statistic.category == "sentences" and statistic.total:
            yield SubmissionFinding(
                "statistic.sentence_kinds",
                "warning",
                where,
                "It is not said which kinds of sentences there were.",
                "Give prison with its lengths in months, suspended, probation, fine and seizure, as far as known.",
                "seed para 5",
            )


def _faults(statistic: Statistic, kinds: Sentences, where: str) -> Iterator[SubmissionFinding]:
    if statistic.category not in ("sentences", "convictions"):
        yield _fault(where, f"Kinds of sentences stand under {statistic.category}.", "Put them under sentences.")
    for kind in _KINDS:
        count = getattr(kinds, kind)
        if count is not None and statistic.total is not None and count > statistic.total:
            told = f"{kind} counts {count}, more than the total of {statistic.total}."
            yield _fault(f"{where}.{kind}", told, "Count persons, each at most once in a kind.")
    terms = len(kinds.prison_months) + (kinds.life or 0)
    if terms > (kinds.prison or 0):
        told = f"There are {terms} lengths and life terms, and prison counts {kinds.prison or 0}."
        yield _fault(f"{where}.prison_months", told, "Give one length for each person in prison, in months.")


def _fault(where: str, message: str, remedy: str) -> SubmissionFinding:
    return SubmissionFinding("statistic.sentences_do_not_fit", "blocker", where, message, remedy, "seed para 5")
