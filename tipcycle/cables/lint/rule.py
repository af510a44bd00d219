"""What does every rule of the cable check look like? A pure function from a reading and what is known to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding
from tipcycle.model.parameter import Parameter


@dataclass(frozen=True)
class Known:
    """What a cable is held against.

    `countries` are names as a sentence has them, by country TAGS; `posts` are the country TAGS that a post answers
    for, by its designator. `on` is the day of a cable that has no date-time group, None if it is not known.
    """

    countries: Mapping[str, str]
    posts: Mapping[str, tuple[str, ...]]
    precedences: Parameter[tuple[str, ...]]
    on: date | None = None


Rule = Callable[[Reading, Known], Iterator[CableFinding]]


def layout_severity(reading: Reading) -> Literal["error", "warning"]:
    """A fault of layout is an error while the cable is ours; once transmitted nobody can mend it: a warning."""
    return "warning" if reading.transmitted else "error"
