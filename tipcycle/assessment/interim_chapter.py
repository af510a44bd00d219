"""What does the interim assessment say of a country? Section by section, each sentence with its inputs.

The chapter has no field for a tier: no tier changes at the interim assessment (09 STATE 97909 paras 3 and 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tipcycle.assessment.answer_sentences import (
    delivery_sentence,
    grade_sentence,
    reported_sentences,
    statistic_sentence,
)
from tipcycle.assessment.grade import Grade, grade
from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.interim_inputs import InterimFacts, interim_inputs
from tipcycle.assessment.submission_inputs import item_names, statistic_names
from tipcycle.model.chapter import Chapter, Section, Sentence
from tipcycle.model.plan import PILLARS, Pillar, Recommendation
from tipcycle.model.submission import AddedRecommendation, ItemAnswer

STEP = "progress-report"
EXAMPLE_PLAN = "EXAMPLE DATA: the plan of this chapter is an example, drawn from a library of general recommendations."
EXAMPLE_ANSWERS = "EXAMPLE DATA: the answers in this chapter are made up for a rehearsal."

Answers = dict[str, tuple[str, ItemAnswer]]


def assemble_interim_chapter(facts: InterimFacts, inputs: Inputs | None = None) -> Chapter:
    """The chapter of one entry of the special watch list; sections without a sentence are left out."""
    inputs = inputs or interim_inputs(facts)
    sections = (
        Section("received", "How the report was received", tuple(_received(facts, inputs))),
        Section("high-priority", "High-priority items", tuple(_high_priority(facts, inputs))),
        *(Section(f"further-{one}", f"Further items: {one}", tuple(_further(facts, inputs, one))) for one in PILLARS),
        Section("added", "Recommendations that post added", tuple(_added(facts, inputs))),
        Section("statistics", "Statistics", tuple(_statistics(facts, inputs))),
        Section("demarche", "Demarche", tuple(_demarche(facts, inputs))),
        Section("comments", "Comments of the government", tuple(_quoted(inputs, "demarche/comments"))),
        Section("remarks", "Remarks of the post", tuple(_remarks(inputs))),
        Section("law", "What the law says", tuple(_law(inputs))),
    )
    return Chapter(
        kind="interim-chapter",
        report_year=facts.report.report_year,
        iso3=facts.entry.iso3,
        country=facts.country,
        sections=tuple(one for one in sections if one.sentences),
        examples=(EXAMPLE_PLAN,) * bool(facts.plan and facts.plan.example) + (EXAMPLE_ANSWERS,) * facts.rehearsal,
    )


def _received(facts: InterimFacts, inputs: Inputs) -> Iterator[Sentence]:
    # The group stands below the country's name, where there is one.
    before = f"placement/{facts.report.report_year - 1}"
    yield inputs.sentence("placement", f"Placements before: {facts.entry.because}.", before)
    received = "ledger/progress-report"
    yield inputs.sentence("received", inputs.by_name[received].value, received)


def _answers(facts: InterimFacts) -> Answers:
    """What was answered, by the item's id; of two answers to one item both are told, the last one grades it."""
    if facts.accepted is None:
        return {}
    items = facts.accepted.submission.items
    return {item.id: (f"{STEP}/{name}", item) for name, item in zip(item_names(facts.accepted), items, strict=True)}


def _item(
    facts: InterimFacts, inputs: Inputs, item: Recommendation | AddedRecommendation, answers: Answers
) -> Iterator[Sentence]:
    answer = answers.get(item.id)
    graded = _graded(facts, answer[1] if answer else None)
    yield grade_sentence(inputs, item.id, item.text, graded=graded, answered_by=answer[0] if answer else None)
    if answer:
        yield from reported_sentences(inputs, f"item.{item.id}.reported", answer=answer)


def _graded(facts: InterimFacts, answer: ItemAnswer | None) -> Grade:
    return grade(answer, standing=facts.report.standing, reminded=facts.reminded)


def _high_priority(facts: InterimFacts, inputs: Inputs) -> Iterator[Sentence]:
    answers = _answers(facts)
    for item in facts.plan.high_priority if facts.plan else ():
        yield from _item(facts, inputs, item, answers)
    for name, said in _beside_the_plan(facts):
        told = "answered more than once, here" if said.id in answers and _is_asked(facts, said.id) else "not asked for,"
        yield inputs.sentence(f"item.{name}.beside", f"{said.id}, {told} as {said.status}.", f"{STEP}/{name}")
        yield from reported_sentences(inputs, f"item.{name}.beside.reported", answer=(f"{STEP}/{name}", said))


def _beside_the_plan(facts: InterimFacts) -> Iterator[tuple[str, ItemAnswer]]:
    """Answers to nothing that was asked, and all but the last to the same item: none is passed over."""
    if facts.accepted is None:
        return
    last = {name for name, _ in _answers(facts).values()}
    for name, said in zip(item_names(facts.accepted), facts.accepted.submission.items, strict=True):
        if not _is_asked(facts, said.id) or f"{STEP}/{name}" not in last:
            yield name, said


def _is_asked(facts: InterimFacts, item: str) -> bool:
    planned = facts.plan.recommendations if facts.plan else ()
    return any(one.id == item for one in planned) or any(one.id == item for one in _post_added(facts))


def _further(facts: InterimFacts, inputs: Inputs, pillar: Pillar) -> Iterator[Sentence]:
    """Each item that was answered, and one sentence on those that were not."""
    answers = _answers(facts)
    items = facts.plan.further(pillar) if facts.plan else ()
    for item in items:
        if item.id in answers:
            yield from _item(facts, inputs, item, answers)
    if open_ := [item for item in items if item.id not in answers]:
        yield _unanswered(facts, inputs, pillar, open_)


def _unanswered(facts: InterimFacts, inputs: Inputs, pillar: Pillar, items: Iterable[Recommendation]) -> Sentence:
    words = _graded(facts, None).words
    told = " ".join(f"{item.id}: {item.text}" for item in items)
    names = [f"plan/{item.id}" for item in items]
    text = f"{words[0].upper()}{words[1:]}: {told}"
    return inputs.sentence(f"further.{pillar}.unanswered", text, "ledger/progress-report", *names)


def _added(facts: InterimFacts, inputs: Inputs) -> Iterator[Sentence]:
    answers = _answers(facts)
    for item in _post_added(facts):
        yield from _item(facts, inputs, item, answers)


def _statistics(facts: InterimFacts, inputs: Inputs) -> Iterator[Sentence]:
    said = facts.accepted.submission.statistics if facts.accepted else ()
    for number, (name, figure) in enumerate(zip(statistic_names(said), said, strict=True), 1):
        yield statistic_sentence(
            inputs, name, figure, waived=facts.waived.get(number, ""), step=STEP, positions=facts.positions
        )


def _demarche(facts: InterimFacts, inputs: Inputs) -> Iterator[Sentence]:
    made = facts.delivery.submission.demarche if facts.delivery else None
    if made is None:
        name = "ledger/demarche"
        yield inputs.sentence("demarche.delivery", inputs.by_name[name].value, name)
        return
    yield delivery_sentence(inputs, made)


def _quoted(inputs: Inputs, name: str) -> Iterator[Sentence]:
    if name in inputs:
        yield inputs.sentence(name.replace("/", "."), inputs.by_name[name].value, name)


def _remarks(inputs: Inputs) -> Iterator[Sentence]:
    yield from _quoted(inputs, f"{STEP}/remarks")
    yield from _quoted(inputs, "demarche/remarks")
    # What was reported with the demarche beside it belongs to the progress report, and is told as it was said.
    for name in inputs.under("demarche/"):
        rest = name.removeprefix("demarche/")
        if rest not in ("delivery", "comments", "remarks") and not rest.startswith("POST"):
            yield inputs.sentence(f"demarche.{rest.replace('/', '.')}", inputs.by_name[name].value, name)


def _law(inputs: Inputs) -> Iterator[Sentence]:
    for name in inputs.under("rule/"):
        yield inputs.sentence(f"law.{name.removeprefix('rule/')}", inputs.by_name[name].value, name)


def _post_added(facts: InterimFacts) -> tuple[AddedRecommendation, ...]:
    made = facts.delivery.submission.demarche if facts.delivery else None
    return tuple({item.id: item for item in made.recommendations_added}.values()) if made else ()
