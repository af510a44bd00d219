"""Histories written as short as they are read: one letter a Report."""

from __future__ import annotations

from tipcycle.model.placement import Placement, Tier
from tipcycle.rules.placement_in_force import History, history_of

LETTERS: dict[str, Tier] = {"1": "1", "2": "2", "W": "2WL", "3": "3", "s": "special"}


def history(first: int, tiers: str, *, other: str = "OTH") -> History:
    """One country, QQQ, from `first` on: 1, 2, W (watch list), 3, s (special), - (not ranked), ? (Report missing).

    Another country is ranked in every Report that is not missing, so that the Report is known.
    """
    rows = []
    for year, letter in enumerate(tiers, first):
        if letter == "?":
            continue
        rows.append(Placement(year, other, "2", "test"))
        if letter != "-":
            rows.append(Placement(year, "QQQ", LETTERS[letter], "test"))
    return history_of(rows)
