"""Does a document stand as cleared by everybody of its chain, and if not, whose turn is it and why?

Silence is no decision: a seat is settled by a decision upon this very text, or by an override that a person signed.
Source: 09 STATE 97909 para 2 (cleared by regional bureaus); decisions 0010 and 0013.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tipcycle.ladder.recipients import OFFICE, position_id
from tipcycle.model.clearance import Clearance, Override
from tipcycle.model.clearance_chain import BUREAU, ClearanceChain

Standing = Literal["cleared", "returned", "changed", "waiting", "not fit"]
SeatState = Literal["cleared", "commented", "returned", "retracted", "overridden", "silent", "not yet"]
_SETTLED = ("cleared", "commented", "overridden")


@dataclass(frozen=True)
class Seat:
    """A place in the chain; `holders` may fill it, its own position first. Stages count from 0."""

    position: str
    stage: int
    holders: tuple[str, ...]


@dataclass(frozen=True)
class SeatStanding:
    """How one seat stands on the present text; `by` decided (its position, or one in its place), `acting` for it."""

    seat: Seat
    state: SeatState
    because: str
    by: str = ""
    acting: str = ""
    note: str = ""
    decided_at: datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether the text need not wait for this seat any more."""
        return self.state in _SETTLED


@dataclass(frozen=True)
class ChainStanding:
    """`waits_for` names whose turn it is; `cleared_at` the last clearance or override, once it stands cleared.

    `waiting` until everybody decided; `changed` where the text is no longer the one that was decided upon; `returned`
    until the text changes, or its own position clears it after all; `not fit` where nobody may clear such a text.
    """

    standing: Standing
    because: str
    seats: tuple[SeatStanding, ...] = ()
    waits_for: tuple[str, ...] = ()
    cleared_at: datetime | None = None

    def seat_of(self, position: str) -> SeatStanding | None:
        """The seat that a position may fill: its own before one in whose place it may decide, an open one first."""
        mine = [one for one in self.seats if position in one.seat.holders]
        mine.sort(key=lambda one: (one.seat.position != position, one.settled, one.seat.stage))
        return mine[0] if mine else None


def seats_of(chain: ClearanceChain, *, bureau: str | None, drafters: Collection[str]) -> tuple[Seat, ...]:
    """The seats of a document; `bureau` are the letters of its country's bureau, None where it has none.

    Where a seat's own position drafted this text, those who may override decide in its place: it may not itself.
    """
    own = position_id(bureau.lower(), "bureau") if bureau else position_id(OFFICE, "director")
    seats = []
    for stage, positions in enumerate(chain.stages):
        for named in positions:
            position = own if named == BUREAU else named
            instead = (*chain.in_place, *(chain.overridden_by if position in drafters else ()))
            seats.append(Seat(position, stage, tuple(dict.fromkeys((position, *instead)))))
    return tuple(seats)


def standing_of(
    seats: Sequence[Seat],
    *,
    content_hash: str,
    decisions: Sequence[Clearance],
    overrides: Sequence[Override] = (),
    faults: Sequence[str] = (),
    blocked: str = "",
) -> ChainStanding:
    """How a document with this text stands after its decisions, in the order in which they were made.

    `faults` make a text that nobody may clear; `blocked` says what must happen before it is anybody's turn.
    """
    upon = [one for one in decisions if one.content_hash == content_hash]
    signed = [one for one in overrides if one.content_hash == content_hash]
    every = (*seats, *_retracted_from_outside(seats, upon))
    told = [_seat_standing(seat, upon, signed) for seat in every]
    open_stage = min((one.seat.stage for one in told if not one.settled), default=None)
    stands = tuple(
        one if one.state != "silent" or one.seat.stage == open_stage else _not_yet(one.seat, told) for one in told
    )
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        return ChainStanding("not fit", f"not fit to go out: {faults[0]}{more}", stands)
    returned = [one for one in stands if one.state == "returned"]
    if returned:
        return ChainStanding("returned", returned[0].because, stands)
    if open_stage is None and not blocked:
        because = "; ".join(one.because for one in stands)
        return ChainStanding(
            "cleared", because, stands, cleared_at=max(one.decided_at for one in stands if one.decided_at)
        )
    turn = tuple(one.seat.position for one in stands if not one.settled and one.seat.stage == open_stage)
    waits_for = () if blocked else turn
    if decisions and not (upon or signed or blocked):
        return ChainStanding("changed", _changed(decisions[-1]), stands, waits_for)
    because = blocked or _waiting(stands, turn)
    return ChainStanding("waiting", because, stands, waits_for)


def _seat_standing(seat: Seat, upon: Sequence[Clearance], signed: Sequence[Override]) -> SeatStanding:
    last = next((one for one in reversed(upon) if one.position in seat.holders), None)
    override = next((one for one in reversed(signed) if one.without == seat.position), None)
    # An override answers silence: what the position itself decided at that moment or later governs.
    if override and (last is None or last.decided_at < override.decided_at):
        return SeatStanding(
            seat,
            "overridden",
            f"without concurrence of {seat.position}, signed by {override.approver} on {override.decided_at:%Y-%m-%d}",
            by=override.approver,
            note=override.reason,
            decided_at=override.decided_at,
        )
    if last is None:
        return SeatStanding(seat, "silent", f"{seat.position} has not decided")
    return SeatStanding(
        seat,
        last.decision,
        _decided(last),
        by=last.position,
        acting=last.acting,
        note=last.note,
        decided_at=last.decided_at,
    )


def _retracted_from_outside(seats: Sequence[Seat], upon: Sequence[Clearance]) -> list[Seat]:
    """Whoever stopped a release without a seat in its chain has one from then on: it waits for that position too."""
    last = max((seat.stage for seat in seats), default=0)
    outside = dict.fromkeys(
        one.position
        for one in upon
        if one.decision == "retracted" and not any(one.position in seat.holders for seat in seats)
    )
    return [Seat(position, last + 1, (position,)) for position in outside]


def _not_yet(seat: Seat, told: Sequence[SeatStanding]) -> SeatStanding:
    before = [one.seat.position for one in told if one.seat.stage < seat.stage and not one.settled]
    told_before = f"{', '.join(before)} {'is' if len(before) == 1 else 'are'} before it"
    return SeatStanding(seat, "not yet", f"not yet the turn of {seat.position}: {told_before}")


def _decided(decision: Clearance) -> str:
    acting = f" (acting: {decision.acting})" if decision.acting else ""
    by = f"by {decision.position} on {decision.decided_at:%Y-%m-%d}{acting}"
    match decision.decision:
        case "commented":
            return f"cleared {by} with comments: {decision.note}"
        case "cleared":
            return f"cleared {by}"
        case _:
            return f"{decision.decision} {by}: {decision.note}"


def _changed(last: Clearance) -> str:
    if last.decision in ("cleared", "commented"):
        return f"its text changed after it was {_decided(last)}; clear it again"
    return f"its text changed after it was {_decided(last)}"


def _waiting(stands: Sequence[SeatStanding], turn: Sequence[str]) -> str:
    decided = [one.because for one in stands if one.state not in ("silent", "not yet")]
    return "; ".join([*decided, f"waits for {' and '.join(turn)}"]) if decided else "nobody has decided yet"
