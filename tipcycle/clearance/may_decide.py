"""May this position decide upon a document now, in its own name or acting for another? Decisions 0010 and 0013."""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.clearance.chain import ChainStanding, Seat
from tipcycle.model.clearance import Decision
from tipcycle.model.clearance_chain import BUREAU, ClearanceChain
from tipcycle.model.position import Position
from tipcycle.model.post import Post


def why_no_seat(position: Position, chain: ClearanceChain, seats: Collection[Seat], post: Post | None) -> str:
    """Why `position` has no say in a document of the chain (of the country of `post`), or an empty text if it has."""
    if any(position.id in seat.holders for seat in seats):
        return ""
    if position.id in chain.drafted_by:
        others = "the bureau or the director does" if chain.in_place else f"{_names(seats)} do"
        return f"the office that drafts does not clear its own draft; {others}"
    if position.post:
        return "a post does not clear what it is asked"
    if position.role == "bureau" and post and any(BUREAU in stage for stage in chain.stages):
        owner = f"Bureau {post.bureau}" if post.bureau else "no bureau"
        return f"{post.name} belongs to {owner}; its bureau or the director clears"
    return f"it is not of its chain, which is {_names(seats)}"


def why_not_decide(
    standing: ChainStanding,
    *,
    position: str,
    acting: str,
    decision: Decision,
    drafters: Collection[str],
    stand_in: str | None,
) -> str:
    """Why `position` (or `acting` in its place) may not decide so upon this text now, or an empty text.

    `stand_in` is whom `position` has delegated to on that day.
    """
    return (
        why_not_own_draft(position, acting, drafters)
        or why_not_acting(position, acting, stand_in)
        or why_not_now(standing, position, decision)
    )


def why_not_own_draft(position: str, acting: str, drafters: Collection[str]) -> str:
    """Why it would clear a draft of its own, directly or by way of another seat; empty if it would not."""
    for one in filter(None, (acting, position)):
        if one in drafters:
            return f"{one} drafted or edited this text, and nobody clears a draft of its own, for itself or for another"
    return ""


def why_not_acting(position: str, acting: str, stand_in: str | None) -> str:
    """Why `acting` may not decide for `position`, whose delegation of the day is to `stand_in` (None: to nobody)."""
    if not acting or acting == stand_in:
        return ""
    said = f"{position} has delegated to {stand_in}" if stand_in else f"{position} has delegated to nobody that day"
    return f"{acting} may not act for {position}: {said}; record it: form change-contact, or tipcycle contact delegate"


def why_not_now(standing: ChainStanding, position: str, decision: Decision) -> str:
    """Why it is not its turn, or what it, or somebody in its place, decided upon this text already."""
    mine = standing.seat_of(position)
    if mine is None:
        return f"{position} has no seat in its chain"
    same = decision == mine.state or (decision in ("cleared", "commented") and mine.state in ("cleared", "commented"))
    if same:
        return already(standing, position)
    if standing.standing == "not fit" and decision != "returned":
        return standing.because
    others = [one for one in standing.seats if one.state == "returned" and one is not mine]
    if others:
        return f"{others[0].because}; it goes on when its text changes"
    if mine.state == "not yet":
        return mine.because
    if not standing.waits_for and mine.state == "silent" and standing.standing != "not fit":
        return standing.because
    return ""


def already(standing: ChainStanding, position: str) -> str:
    """`eur.bureau cleared this text on 2010-01-11 (acting: …)`, where that was decided; else empty."""
    mine = standing.seat_of(position)
    if mine is None or mine.decided_at is None or mine.state == "overridden":
        return ""
    acting = f" (acting: {mine.acting})" if mine.acting else ""
    verb = "cleared" if mine.state == "commented" else mine.state
    return f"{mine.by} {verb} this text on {mine.decided_at:%Y-%m-%d}{acting}"


def _names(seats: Collection[Seat]) -> str:
    return ", ".join(seat.position for seat in seats)
