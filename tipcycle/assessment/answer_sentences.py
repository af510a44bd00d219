"""How is one answer told in a chapter? An item with its grade, a figure with all that was said of it, the demarche.

Whatever a post said of a figure stands in its sentence, so that a change of any of it is a change of that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tipcycle.assessment.grade import Grade
from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.values import kinds, period
from tipcycle.model.chapter import Sentence
from tipcycle.model.moment import long_day
from tipcycle.model.position import Position, called
from tipcycle.model.statistic import Basis, Statistic
from tipcycle.model.submission import Demarche, ItemAnswer

_BASES: dict[Basis, str] = {
    "explicit offence": "an explicit trafficking offense",
    "specific evidence": "specific evidence of trafficking",
}


def grade_sentence(inputs: Inputs, item: str, text: str, *, graded: Grade, answered_by: str | None) -> Sentence:
    """`HP1, begun: Use the referral mechanism.`; `item` is asked by `plan/ITEM`, or by post's own `demarche/ITEM`.

    `answered_by` is the input of the answer. Without one the grade rests on the ledger.
    """
    asked_by = f"plan/{item}" if f"plan/{item}" in inputs else f"demarche/{item}"
    rests_on = answered_by or "ledger/progress-report"
    return inputs.sentence(f"item.{item}.grade", f"{item}, {graded.words}: {text}", asked_by, rests_on)


def reported_sentences(inputs: Inputs, anchor: str, *, answer: tuple[str, ItemAnswer]) -> Iterator[Sentence]:
    """What was reported of an item beside its status, if anything: one sentence."""
    name, said = answer
    parts = [said.narrative.strip()]
    if said.by == "other":
        role = said.government_role.strip().rstrip(".")
        role = role or "no role of the government was described, so it does not count"
        parts.append(f"Carried out by others; the government's part: {role}.")
    elif role := said.government_role.strip().rstrip("."):
        parts.append(f"The government's part: {role}.")
    parts += [f"Evidence: {said.evidence.rstrip('.')}."] if said.evidence.strip() else []
    parts += [f"Since {long_day(said.since)}."] if said.since else []
    parts += [f"Complete on {long_day(said.done_on)}."] if said.done_on else []
    if text := " ".join(part for part in parts if part):
        yield inputs.sentence(anchor, text, name)


def statistic_sentence(
    inputs: Inputs, name: str, said: Statistic, *, waived: str, step: str, positions: Mapping[str, Position]
) -> Sentence:
    """Everything said of one figure: the number, what it counts, on which basis, by whom, and against last year's."""
    text = " ".join(part for part in _figure(said, waived, called(said.interpreted_by, positions)) if part)
    return inputs.sentence(f"statistic.{name}", text, f"{step}/statistic/{name}")


def delivery_sentence(inputs: Inputs, made: Demarche) -> Sentence:
    """When the non-paper was delivered, to whom, and how it was taken."""
    officials = f" to {', '.join(made.officials)}" if made.officials else ""
    text = f"Non-paper delivered on {long_day(made.delivered_on)}{officials} ({made.level}). {made.reaction}"
    return inputs.sentence("demarche.delivery", text, "demarche/delivery")


def _figure(said: Statistic, waived: str, by: str) -> Iterator[str]:
    mark = f" ({waived})" if waived else ""
    outside = f" (for this period because: {said.period_reason})" if said.period_reason.strip() else ""
    yield f"{said.category[:1].upper()}{said.category[1:]}{mark}, {period(said.period)}{outside}: {_number(said)}."
    if said.host_term.strip():
        who = f"by {by}" if by else "it is not said by whom"
        yield f'The government calls it "{said.host_term}", read into this category {who}.'
    elif by:
        yield f"Read into this category by {by}."
    yield from _basis(said)
    yield from _against_last_year(said)
    if said.could_provide != "not known" or said.status == "not provided":
        yield f"Whether the government could provide it: {said.could_provide}."
    if said.sentences is not None:
        yield f"By kind: {kinds(said.sentences) or 'not known'}."
    if said.source.strip():
        yield f"Source: {said.source}."


def _number(said: Statistic) -> str:
    counted = "not provided" if said.total is None else str(said.total)
    if said.status == "not comparable":
        counted = "not comparable" if said.total is None else f"{counted} (not comparable)"
    elif said.status == "not provided" and said.total is not None:
        counted = f"not provided (though {said.total} was written)"
    parts = [
        f"{part} for {what}"
        for part, what in ((said.labour, "labor"), (said.sex, "sex trafficking"))
        if part is not None
    ]
    if parts:
        counted += f", of them {' and '.join(parts)}"
    missing = [what for part, what in ((said.labour, "labor"), (said.sex, "sex trafficking")) if part is None]
    if said.total is not None and missing:
        counted += f"; of it {' and '.join(missing)}: not stated"
    return counted


def _basis(said: Statistic) -> Iterator[str]:
    basis = _BASES[said.basis] if said.basis else ""
    named = [f"offense: {said.offence}"] if said.offence.strip() else []
    named += [f"evidence: {said.evidence}"] if said.evidence.strip() else []
    named += [f"authority: {said.authority}"] if said.authority.strip() else []
    if basis or named:
        told = f" ({'; '.join(named)})" if named else ""
        yield f"Legal basis: {basis or 'not stated'}{told}."


def _against_last_year(said: Statistic) -> Iterator[str]:
    told = [f"the year before: {said.last_year}"] if said.last_year is not None else []
    because = f", because {said.not_comparable_because}" if said.not_comparable_because.strip() else ""
    if told or said.comparable != "not known" or because:
        told.append(f"comparable with it: {said.comparable}{because}")
        text = "; ".join(told)
        yield f"{text[0].upper()}{text[1:]}."
