"""All orders of a chain of five: it never stands cleared without each clearance, or a signature, of that very text.

Each clearer does one of eight things, once, in every order: 5! x 8^5 sequences a shape. Sequences that left the same
seats in the same state are followed once; how many there are is counted all the same.
"""

from __future__ import annotations

from math import factorial

import pytest

from tests.builders import utc
from tests.clearance.chains import DECIDED_AT, decision, override, seats
from tipcycle.clearance.chain import ChainStanding, Seat, standing_of
from tipcycle.clearance.may_decide import why_not_decide
from tipcycle.clearance.override import why_no_override
from tipcycle.model.clearance import Clearance, Decision, Override
from tipcycle.model.clearance_chain import ClearanceChain

CLEARERS = ("eur.bureau", "drl.clearer", "l.clearer", "h.clearer", "g.principal")
DRAFTER, STAND_IN, STRANGER = "gtip.action-officer", "nea.bureau", "af.bureau"
CHAIN = ClearanceChain(
    document="interim-chapter",
    drafted_by=(DRAFTER,),
    stages=tuple((one,) for one in CLEARERS),
    overridden_by=("gtip.director",),
    source="made up for a test",
)
# What a clearer does: its decision and who acts in its place; the letter is how its seat is remembered.
DEEDS: dict[str, tuple[Decision, str]] = {
    "c": ("cleared", ""),
    "m": ("commented", ""),
    "r": ("returned", ""),
    "d": ("cleared", STAND_IN),
    "x": ("cleared", STRANGER),
    "a": ("cleared", DRAFTER),
}
UNTOUCHED, NOTHING, SIGNED = ".", "-", "o"
SETTLED = "cmd" + SIGNED
SHAPES = {
    "in order": (1, 1, 1, 1, 1),
    "side by side": (5,),
    "two, one, two": (2, 1, 2),
    "one, three, one": (1, 3, 1),
}


def shape_of(sizes: tuple[int, ...]) -> tuple[Seat, ...]:
    names = iter(CLEARERS)
    return seats(*([next(names) for _ in range(size)] for size in sizes))


def standing_after(of: tuple[Seat, ...], state: str, *, text: str = "text") -> ChainStanding:
    """The standing that the ledger's rows of a state give; all were made upon the text `text`."""
    decisions: list[Clearance] = []
    overrides: list[Override] = []
    for position, letter in zip(CLEARERS, state, strict=True):
        if letter in DEEDS:
            made, acting = DEEDS[letter]
            decisions.append(decision(position, made, acting=acting, note="made up"))
        elif letter == SIGNED:
            overrides.append(override(position))
    return standing_of(of, content_hash=text, decisions=decisions, overrides=overrides)


def outcome(found: ChainStanding, position: str, deed: str) -> str:
    """The letter of the seat after a deed, allowed or refused; `s` stays silent, `o` is signed for."""
    if deed == "s":
        return NOTHING
    if deed == SIGNED:
        asked, due = utc("2010-01-04 15:00"), utc("2010-01-11 14:59")
        by_drafter, by_director = (
            why_no_override(
                found,
                position,
                approver,
                chain=CHAIN,
                drafters=[DRAFTER],
                asked_at=asked,
                due_at=due,
                at=DECIDED_AT,
            )
            for approver in (DRAFTER, "gtip.director")
        )
        assert by_drafter, "a drafter signed for a silent clearer of its own draft"
        return NOTHING if by_director else SIGNED
    made, acting = DEEDS[deed]
    refused = why_not_decide(
        found, position=position, acting=acting, decision=made, drafters=[DRAFTER], stand_in=STAND_IN
    )
    return NOTHING if refused else deed


@pytest.mark.parametrize("shape", SHAPES)
def test_no_order_of_five_clears_without_each_clearance_or_a_signature(shape: str) -> None:
    of = shape_of(SHAPES[shape])
    stage = {seat.position: seat.stage for seat in of}
    sequences = {UNTOUCHED * 5: 1}
    cleared = 0
    for _ in CLEARERS:
        following: dict[str, int] = {}
        for state, count in sequences.items():
            found = standing_after(of, state)
            drafter = why_not_decide(
                found, position=DRAFTER, acting="", decision="cleared", drafters=[DRAFTER], stand_in=None
            )
            assert drafter, "a drafter cleared its own draft"
            for at, position in enumerate(CLEARERS):
                if state[at] != UNTOUCHED:
                    continue
                for deed in (*DEEDS, SIGNED, "s"):
                    letter = outcome(found, position, deed)
                    before = [one for one, seat in zip(state, CLEARERS, strict=True) if stage[seat] < stage[position]]
                    assert letter == NOTHING or all(one in SETTLED for one in before), "decided before its turn"
                    assert letter not in "xa", "acted for another without a delegation, or upon its own draft"
                    after = state[:at] + letter + state[at + 1 :]
                    following[after] = following.get(after, 0) + count
        sequences = following

    for state, count in sequences.items():
        stands = standing_after(of, state).standing
        assert (stands == "cleared") == all(letter in SETTLED for letter in state), state
        assert standing_after(of, state, text="another text").standing != "cleared"
        cleared += count if stands == "cleared" else 0
    assert sum(sequences.values()) == factorial(5) * 8**5 == 3_932_160
    assert cleared == orders(SHAPES[shape]) * len(SETTLED) ** 5


def orders(sizes: tuple[int, ...]) -> int:
    """In how many orders each acts in its turn."""
    product = 1
    for size in sizes:
        product *= factorial(size)
    return product
