"""What changes from a cycle to the next? One value, with the hash that a signature binds itself to.

Nothing in it depends on the hour at which it is drawn: it changes when a fact changes, and only then.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tipcycle.rollover.carried_on import CarriedOn
from tipcycle.rollover.contacts_to_review import ContactsToReview
from tipcycle.rollover.law_changes import LawChange
from tipcycle.rollover.placements_told_twice import ToldDifferently
from tipcycle.rollover.posts_and_ladders import Change
from tipcycle.rollover.step_dates import StepDates


@dataclass(frozen=True)
class ListChange:
    """The special watch list that follows from the Report against the one of the cycle: iso3 codes in order.

    `known` is False where no placement of the Report is known: then who stays is not known either.
    """

    known: bool
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True)
class RollOver:
    """The whole diff from cycle `report_year` to the next. `missing` are obligation keys, `released` document lines."""

    report_year: int
    next_year: int
    watch_list: ListChange
    told_differently: tuple[ToldDifferently, ...]
    carried_on: tuple[CarriedOn, ...]
    law: tuple[LawChange, ...]
    dates: tuple[StepDates, ...]
    posts: tuple[Change, ...]
    ladders: tuple[Change, ...]
    contacts: ContactsToReview
    missing: tuple[str, ...]
    released: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, dates as ISO text."""
        document: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_iso))
        return document

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical text; a signature names it."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no plain value: {value!r}")
