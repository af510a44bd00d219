"""Which inputs does an accepted answer give a chapter? Each item and each figure by itself, in the file's order.

A value is what was said, never in which version: a resubmission touches only what it says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tipcycle.assessment.values import delivery_value, item_value, one_line, statistic_value
from tipcycle.model.chapter import Source
from tipcycle.model.statistic import Statistic
from tipcycle.model.submission import Accepted, SubmissionStep


def submission_inputs(
    accepted: Accepted | None, *, step: SubmissionStep, waived: Mapping[int, str] | None = None
) -> dict[str, Source]:
    """The inputs of an answer by name, as `Inputs` lists the names; none where nothing was accepted.

    `waived` tells, by the number of a statistic (from 1), which rule was waived for it.
    """
    if accepted is None:
        return {}
    said = accepted.submission
    values = {f"{step}/{name}": item_value(item) for name, item in zip(item_names(accepted), said.items, strict=True)}
    for number, (name, figure) in enumerate(zip(statistic_names(said.statistics), said.statistics, strict=True), 1):
        values[f"{step}/statistic/{name}"] = statistic_value(figure, waived=(waived or {}).get(number, ""))
    # The minimum standards of an annual submission go here: f"{step}/standard/{one.id}".
    if said.remarks.strip():
        values[f"{step}/remarks"] = one_line(said.remarks)
    if said.demarche:
        values[f"{step}/delivery"] = delivery_value(said.demarche)
        if said.demarche.comments.strip():
            values[f"{step}/comments"] = one_line(said.demarche.comments)
        for added in said.demarche.recommendations_added:
            values[f"{step}/{added.id}"] = f"{added.pillar}: {added.text}"
    return {name: Source(name, value, accepted.version) for name, value in values.items()}


def item_names(accepted: Accepted) -> tuple[str, ...]:
    """The name of each item's input after `STEP/`: `HP1`; an id that stands twice is `HP1.2` the second time."""
    return _numbered(item.id for item in accepted.submission.items)


def statistic_names(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """The name of each figure's input after `STEP/statistic/`: `prosecutions`, and the second one `prosecutions.2`."""
    return _numbered(one.category for one in statistics)


def _numbered(names: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        token = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "other"
        seen[token] += 1
        told.append(token if seen[token] == 1 else f"{token}.{seen[token]}")
    return tuple(told)
