"""Decisions and seats that tests of clearance start from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tests.builders import utc
from tipcycle.clearance.chain import ChainStanding, Seat, standing_of
from tipcycle.model.clearance import Clearance, Decision, Override

DOCUMENT = "document:2010:interim-chapter:AZE"
DECIDED_AT = utc("2010-01-11 15:00")


def seats(*stages: Sequence[str]) -> tuple[Seat, ...]:
    """A seat for each position, stage by stage."""
    return tuple(Seat(position, number, (position,)) for number, stage in enumerate(stages) for position in stage)


def decision(
    position: str,
    decided: Decision = "cleared",
    *,
    text: str = "text",
    acting: str = "",
    note: str = "",
    at: datetime = DECIDED_AT,
) -> Clearance:
    """One decision upon a text."""
    return Clearance(DOCUMENT, 1, 2010, "AZE", decided, position, note, text, at, acting)


def override(
    without: str, *, text: str = "text", approver: str = "gtip.director", at: datetime = DECIDED_AT
) -> Override:
    """A director's signature for a silent position."""
    asked = utc("2010-01-04 15:00")
    days = ("2010-01-08", "2010-01-12")
    return Override(DOCUMENT, 1, 2010, without, approver, "the law's day is near", text, asked, days, at)


def standing(
    of: Sequence[Seat], *decisions: Clearance, overrides: Sequence[Override] = (), text: str = "text", blocked: str = ""
) -> ChainStanding:
    """How a text stands after these decisions."""
    return standing_of(of, content_hash=text, decisions=decisions, overrides=overrides, blocked=blocked)
