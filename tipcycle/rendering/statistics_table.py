"""Every law enforcement figure of a cycle as one flat table: a row a figure and version, in the post's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tipcycle.model.statistic import Sentences, Statistic
from tipcycle.model.submission import Accepted

_NESTED = ("period", "sentences")
COLUMNS = (
    "country",
    "step",
    "version",
    "newest",
    "received_at",
    "period_from",
    "period_to",
    *(name for name in Statistic.model_fields if name not in _NESTED),
    *(f"sentences_{name}" for name in Sentences.model_fields),
)


def statistics_rows(versions: Iterable[Accepted]) -> list[tuple[Any, ...]]:
    """The rows under `COLUMNS`, in the order of the versions; `newest` marks the version that counts."""
    kept = list(versions)
    newest = {one.obligation: one.version for one in kept}  # a later version stands later
    return [
        _row(one, statistic, newest=newest[one.obligation] == one.version)
        for one in kept
        for statistic in one.submission.statistics
    ]


def _row(accepted: Accepted, statistic: Statistic, *, newest: bool) -> tuple[Any, ...]:
    flat = statistic.model_dump(mode="json", exclude=set(_NESTED))
    sentences = statistic.sentences.model_dump(mode="json") if statistic.sentences else {}
    return (
        accepted.submission.country,
        accepted.submission.step,
        accepted.version,
        newest,
        accepted.received_at,
        statistic.period.start,
        statistic.period.end,
        *flat.values(),
        *(sentences.get(name) for name in Sentences.model_fields),
    )
