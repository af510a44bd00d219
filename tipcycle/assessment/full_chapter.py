"""What does the full assessment say of a country? By the three Ps, against the minimum standards, and with the law.

An item that the annual submission does not speak of is told from the progress report, and marked so. A tier is said
only once a person decided it. Source: 22 U.S.C. 7107(b)(1); 22 U.S.C. 7106(a) and (b); DESIGN 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tipcycle.assessment.answer_sentences import reported_sentences, statistic_sentence
from tipcycle.assessment.full_inputs import ANNUAL, PROGRESS, FullFacts, full_inputs, standards_of
from tipcycle.assessment.full_items import FROM_PROGRESS, FullItem, full_items
from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.interim_chapter import EXAMPLE_ANSWERS, EXAMPLE_PLAN
from tipcycle.assessment.submission_inputs import item_names, statistic_names
from tipcycle.model.chapter import Chapter, Section, Sentence
from tipcycle.model.plan import Pillar
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import StandardMet
from tipcycle.rules.standards_in_force import asked_standards

# The three Ps, and what holds them together.
_PARTS: tuple[Pillar, ...] = ("prosecution", "protection", "prevention", "coordination")

_VERDICTS: dict[StandardMet, str] = {
    "yes": "met",
    "partly": "partly met",
    "no": "not met",
    "not known": "it is not known whether it is met",
}


def assemble_full_chapter(facts: FullFacts, inputs: Inputs | None = None) -> Chapter:
    """The chapter of one country; a country never asked or never placed has one that says so."""
    inputs = inputs or full_inputs(facts)
    items = full_items(facts)
    sections = (
        Section("overview", "Overview", tuple(_overview(facts, inputs))),
        *(Section(one, one.capitalize(), tuple(_pillar(inputs, items, one))) for one in _PARTS),
        Section("beside", "Answers beside the plan", tuple(_beside(facts, inputs, items))),
        Section("standards", "Minimum standards and indicia", tuple(_standards(facts, inputs))),
        Section("statistics", "Law enforcement figures", tuple(_statistics(facts, inputs))),
        Section("next", "Recommendations for the next year", tuple(_next(inputs, items))),
        Section("remarks", "Remarks of the post", tuple(_remarks(inputs))),
        Section("law", "What the law says", tuple(_law(facts, inputs))),
    )
    return Chapter(
        kind="full-chapter",
        report_year=facts.report_year,
        iso3=facts.iso3,
        country=facts.country,
        sections=tuple(one for one in sections if one.sentences),
        examples=(EXAMPLE_PLAN,) * bool(facts.plan and facts.plan.example) + (EXAMPLE_ANSWERS,) * facts.rehearsal,
    )


def _overview(facts: FullFacts, inputs: Inputs) -> Iterator[Sentence]:
    before = f"placement/{facts.previous}"
    if facts.history:
        told = "; ".join(f"{year}: {inputs.by_name[f'placement/{year}'].value}" for year in facts.history)
        names = [f"placement/{year}" for year in facts.history]
        yield inputs.sentence("placements", f"Placements in the Reports before: {told}.", *names)
    else:
        yield inputs.sentence("placements", "No Report before has placed it.", before)
    if facts.decided:
        name = f"placement/{facts.report_year}"
        yield inputs.sentence("placed", inputs.by_name[name].value, name)
    for anchor, name in (("received", f"ledger/{ANNUAL}"), ("received-progress", f"ledger/{PROGRESS}")):
        if name in inputs:
            yield inputs.sentence(anchor, inputs.by_name[name].value, name)
    yield inputs.sentence("plan", inputs.by_name["ledger/action-request"].value, "ledger/action-request")


def _pillar(inputs: Inputs, items: tuple[FullItem, ...], pillar: Pillar) -> Iterator[Sentence]:
    for item in items:
        if item.pillar == pillar:
            yield from _graded(inputs, item)


def _graded(inputs: Inputs, item: FullItem) -> Iterator[Sentence]:
    yield inputs.sentence(f"item.{item.id}.grade", f"{item.id}, {item.words}: {item.text}", *item.names)
    if item.said:
        yield from reported_sentences(inputs, f"item.{item.id}.reported", answer=item.said)


def _beside(facts: FullFacts, inputs: Inputs, items: tuple[FullItem, ...]) -> Iterator[Sentence]:
    """Whatever was answered and is told nowhere else: to nothing that was asked, twice, or in the earlier report."""
    told = {item.said[0] for item in items if item.said}
    for reported, step in ((facts.annual, ANNUAL), (facts.progress, PROGRESS)):
        if reported.accepted is None:
            continue
        for name, said in zip(item_names(reported.accepted), reported.accepted.submission.items, strict=True):
            if f"{step}/{name}" in told:
                continue
            anchor = f"beside.{name}" if step == ANNUAL else f"beside.{PROGRESS}.{name}"
            where = f" {FROM_PROGRESS}" if step == PROGRESS else ""
            yield inputs.sentence(anchor, f"{said.id},{where} reported as {said.status}.", f"{step}/{name}")
            yield from reported_sentences(inputs, f"{anchor}.reported", answer=(f"{step}/{name}", said))


def _standards(facts: FullFacts, inputs: Inputs) -> Iterator[Sentence]:
    """What was done toward each, and beside it how the post judges it, which is for the office alone."""
    asked = asked_standards(facts.law, report_year=facts.report_year)
    said = standards_of(facts.annual.accepted)
    for number, answer in said.items():
        name = f"{ANNUAL}/standard/{number}"
        parts = [f"{number} ({asked[number]}):" if number in asked else f"{number}:"]
        parts += [answer.narrative.strip() or "what the government did was not described."]
        parts += [f"Evidence: {text}." for text in [answer.evidence.strip().rstrip(".")] if text]
        yield inputs.sentence(f"standard.{number}", " ".join(parts), name)
        yield inputs.sentence(f"verdict.{number}", f"Post on {number}: {_VERDICTS[answer.met]}.", name)
    open_ = [number for number in asked if number not in said]
    if open_ and said:
        text = f"Not answered, so it is not known whether they are met: {', '.join(open_)}."
        yield inputs.sentence("standards-open", text, f"ledger/{ANNUAL}")
    elif open_:
        text = "How the government stands to the minimum standards was not reported, so it is not known."
        yield inputs.sentence("standards-open", text, f"ledger/{ANNUAL}")


def _statistics(facts: FullFacts, inputs: Inputs) -> Iterator[Sentence]:
    """The figures of the annual submission, each with last year's; those of the progress report where it has none."""
    given: set[str] = set()
    for reported, step in ((facts.annual, ANNUAL), (facts.progress, PROGRESS)):
        figures = reported.accepted.submission.statistics if reported.accepted else ()
        taken = set(given)
        for number, (name, figure) in enumerate(zip(statistic_names(figures), figures, strict=True), 1):
            if step == PROGRESS and figure.category in taken:
                continue
            said = statistic_sentence(
                inputs, name, figure, waived=reported.waived.get(number, ""), step=step, positions=facts.positions
            )
            yield said if step == ANNUAL else _marked(said)
            given.add(figure.category)
    yield from _last_year(facts, inputs)
    missing = [category for category in CATEGORIES if category not in given]
    if missing:
        text = f"Not reported, so not known: {', '.join(missing)}."
        yield inputs.sentence("statistics-missing", text, f"ledger/{ANNUAL}")


def _marked(said: Sentence) -> Sentence:
    text = f"From the progress report: {said.text}"
    anchor = said.anchor.replace("statistic.", f"statistic.{PROGRESS}.", 1)
    return replace(said, anchor=anchor, text=text, generated=text)


def _last_year(facts: FullFacts, inputs: Inputs) -> Iterator[Sentence]:
    figures = facts.before.submission.statistics if facts.before else ()
    for name, figure in zip(statistic_names(figures), figures, strict=True):
        count = figure.status if figure.total is None else f"{figure.total:,}"
        labour = "" if figure.labour is None else f", of them {figure.labour:,} for labor"
        text = (
            f"{figure.category.capitalize()} in the annual submission of the {facts.previous} Report: {count}{labour}."
        )
        yield inputs.sentence(f"last-year.{name}", text, f"last-year/statistic/{name}")


def _next(inputs: Inputs, items: tuple[FullItem, ...]) -> Iterator[Sentence]:
    """What was not implemented is asked again; a report that was waived leaves it open as well."""
    for item in items:
        if item.grade != "implemented":
            yield inputs.sentence(f"next.{item.id}", f"{item.id}: {item.text}", *item.names)
    if items and all(item.grade == "implemented" for item in items):
        names = dict.fromkeys(name for item in items for name in item.names)
        yield inputs.sentence("next-none", "Every recommendation of this cycle was implemented.", *names)


def _remarks(inputs: Inputs) -> Iterator[Sentence]:
    for step in (ANNUAL, PROGRESS):
        if (name := f"{step}/remarks") in inputs:
            mark = "" if step == ANNUAL else "From the progress report: "
            yield inputs.sentence(f"{step}.remarks", f"{mark}{inputs.by_name[name].value}", name)


def _law(facts: FullFacts, inputs: Inputs) -> Iterator[Sentence]:
    """The findings; of the placements what each would mean, and once one was decided what that one means."""
    for name in inputs.under("rule/"):
        rule = name.removeprefix("rule/")
        lead = "" if facts.decided or not rule.startswith("placement-") else "If placed on "
        yield inputs.sentence(f"law.{rule.replace('_', '-')}", f"{lead}{inputs.by_name[name].value}", name)
