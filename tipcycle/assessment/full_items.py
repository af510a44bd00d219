"""How far did a government come with each thing that was asked? By the annual submission, else by the progress report.

Source: 09 STATE 97909 paras 3, 4 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tipcycle.assessment.full_inputs import ANNUAL, DEMARCHE, PROGRESS, FullFacts, Reported
from tipcycle.assessment.grade import GradeName, grade
from tipcycle.assessment.submission_inputs import item_names
from tipcycle.model.plan import Pillar
from tipcycle.model.submission import ItemAnswer

FROM_PROGRESS = "from the progress report"


@dataclass(frozen=True)
class FullItem:
    """One thing asked; `names` are the inputs that it rests on, `said` the answer that graded it and its input's name.

    `words` are the grade as it stands in a sentence, with where it comes from.
    """

    id: str
    pillar: Pillar
    text: str
    names: tuple[str, ...]
    said: tuple[str, ItemAnswer] | None
    grade: GradeName
    words: str


def full_items(facts: FullFacts) -> tuple[FullItem, ...]:
    """What the plan asked, HP1, HP2 and on before the further items, then what the post asked for on its own."""
    urgent = {one.id for one in facts.plan.high_priority} if facts.plan else set()
    items = list(_items(facts))
    return (
        *sorted((one for one in items if one.id in urgent), key=lambda one: _number(one.id)),
        *(one for one in items if one.id not in urgent),
    )


def _items(facts: FullFacts) -> Iterator[FullItem]:
    made = facts.delivery.submission.demarche if facts.delivery else None
    asked = [
        (one.id, one.pillar, one.text, f"plan/{one.id}") for one in (facts.plan.recommendations if facts.plan else ())
    ]
    asked += [
        (one.id, one.pillar, one.text, f"{DEMARCHE}/{one.id}") for one in (made.recommendations_added if made else ())
    ]
    annual, progress = _answers(facts.annual, ANNUAL), _answers(facts.progress, PROGRESS)
    for item_id, pillar, text, name in {one[0]: one for one in asked}.values():
        said = annual.get(item_id) or progress.get(item_id)
        name_of_grade, words = _grade(facts, said)
        rests_on = said[0] if said else f"ledger/{ANNUAL}"
        yield FullItem(item_id, pillar, text, (name, rests_on), said, name_of_grade, words)


def _number(item: str) -> int:
    return int(item.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _grade(facts: FullFacts, said: tuple[str, ItemAnswer] | None) -> tuple[GradeName, str]:
    report = facts.annual.obligation
    if said is None and facts.annual.asked_at is None and facts.annual.accepted is None:
        return "no answer", "no answer (its post was never asked, so it is not known)"
    graded = grade(
        said[1] if said else None, standing=report.standing if report else "missing", reminded=facts.annual.reminded
    )
    if said is None or not said[0].startswith(f"{PROGRESS}/"):
        return graded.name, graded.words
    if graded.words.endswith(")"):
        return graded.name, f"{graded.words.removesuffix(')')}; {FROM_PROGRESS})"
    return graded.name, f"{graded.words} ({FROM_PROGRESS})"


def _answers(reported: Reported, step: str) -> dict[str, tuple[str, ItemAnswer]]:
    """What was answered, with the name of its input, by the item's id; the last of two answers counts."""
    if reported.accepted is None:
        return {}
    items = reported.accepted.submission.items
    names = item_names(reported.accepted)
    return {item.id: (f"{step}/{name}", item) for name, item in zip(names, items, strict=True)}
