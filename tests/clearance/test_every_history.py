"""Second thoughts: every history of six deeds with returns, retractions, signatures and new texts keeps the rule.

Nothing is remembered between histories: each is built up from its rows. What is refused leaves no row, so a history
that goes on after it is one that is looked at anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.clearance.chains import DECIDED_AT, decision, override, seats
from tipcycle.clearance.chain import ChainStanding, Seat, standing_of
from tipcycle.clearance.may_decide import why_not_decide
from tipcycle.clearance.override import why_no_override
from tipcycle.model.clearance import Clearance, Decision, Override
from tipcycle.model.clearance_chain import ClearanceChain

SEATED = ("eur.bureau", "drl.clearer", "l.clearer")
DEEDS: tuple[Decision, ...] = ("cleared", "returned", "retracted")
LENGTH = 6
CHAIN = ClearanceChain(
    document="interim-chapter",
    drafted_by=("gtip.action-officer",),
    stages=tuple((one,) for one in SEATED),
    overridden_by=("gtip.director",),
    source="made up for a test",
)


@dataclass(frozen=True)
class History:
    """The rows so far, the present text, and what each seat last said of it, as a clerk with a pencil would note it."""

    decisions: tuple[Clearance, ...] = ()
    overrides: tuple[Override, ...] = ()
    text: int = 1
    noted: tuple[str, ...] = ("",) * len(SEATED)

    def standing(self, of: tuple[Seat, ...]) -> ChainStanding:
        return standing_of(of, content_hash=str(self.text), decisions=self.decisions, overrides=self.overrides)

    def following(self, of: tuple[Seat, ...], found: ChainStanding, step: int) -> list[History]:
        """Every history that one more deed makes of this one."""
        at = DECIDED_AT + timedelta(hours=step)
        made = [History(self.decisions, self.overrides, self.text + 1)]
        for number, position in enumerate(SEATED):
            for deed in DEEDS:
                if not _allowed(found, position, deed):
                    continue
                row = decision(position, deed, text=str(self.text), note="made up", at=at)
                noted = _noted(self.noted, number, deed)
                made.append(History((*self.decisions, row), self.overrides, self.text, noted))
            why = why_no_override(
                found,
                position,
                "gtip.director",
                chain=CHAIN,
                drafters=CHAIN.drafted_by,
                asked_at=DECIDED_AT - timedelta(days=9),
                due_at=DECIDED_AT - timedelta(days=1),
                at=at,
            )
            if not why:
                signed = override(position, text=str(self.text), at=at)
                noted = _noted(self.noted, number, "signed")
                made.append(History(self.decisions, (*self.overrides, signed), self.text, noted))
        return made


def _allowed(found: ChainStanding, position: str, deed: Decision) -> bool:
    if deed == "retracted":
        seat = found.seat_of(position)
        return seat is not None and seat.settled
    return not why_not_decide(
        found, position=position, acting="", decision=deed, drafters=CHAIN.drafted_by, stand_in=None
    )


def _noted(before: tuple[str, ...], number: int, deed: str) -> tuple[str, ...]:
    return (*before[:number], deed, *before[number + 1 :])


@pytest.mark.parametrize(
    ("stages", "histories", "ending_cleared"),
    [
        pytest.param([["eur.bureau"], ["drl.clearer", "l.clearer"]], 32_685, 2_874, id="one, then two side by side"),
        pytest.param([[one] for one in SEATED], 15_578, 1_321, id="in order"),
    ],
)
def test_every_history_of_six_deeds_stands_cleared_only_by_all_of_its_present_text(
    stages: list[list[str]], histories: int, ending_cleared: int
) -> None:
    of = seats(*stages)
    looked_at, cleared = 0, 0
    now = [History()]
    for step in range(LENGTH + 1):
        following: list[History] = []
        for one in now:
            found = one.standing(of)
            looked_at += 1
            cleared += found.standing == "cleared"
            assert (found.standing == "cleared") == all(said in ("cleared", "signed") for said in one.noted)
            assert (found.standing == "returned") == ("returned" in one.noted)
            if step < LENGTH:
                following += one.following(of, found, step)
        now = following

    assert (looked_at, cleared) == (histories, ending_cleared)
