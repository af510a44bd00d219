"""Office and bureau: what stands between them, what a new word moves, and who may then place the country."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

import pytest

from tests.builders import config, utc
from tipcycle.assessment.may_place import seat_that_places, why_not_place
from tipcycle.assessment.split import move_of, standing_of
from tipcycle.model.placement import Tier
from tipcycle.model.tier_decision import Side, SplitLevel, TierRecommendation

AT = utc("2010-04-20 15:00")
PLACING = config().placing


def said(text: str) -> list[TierRecommendation]:
    """`o2 bW o3` in order: the office 2, the bureau the watch list, the office 3."""
    sides: dict[str, Side] = {"o": "office", "b": "bureau"}
    tiers: dict[str, Tier] = {"1": "1", "2": "2", "W": "2WL", "3": "3"}
    return [
        TierRecommendation(number, 2010, "QQQ", sides[one[0]], "", tiers[one[1]], "Made up.", ("4",), AT)
        for number, one in enumerate(text.split(), 1)
    ]


def levels(text: str) -> list[SplitLevel]:
    """`working:raised secretary:settled`; a level without a word is open. What is settled is settled with 2WL."""
    made = []
    for number, one in enumerate(text.split(), 1):
        name, _, outcome = one.partition(":")
        level = SplitLevel(2010, "QQQ", number, name, f"{name}.holder", AT)
        if outcome:
            tier: Tier | None = "2WL" if outcome == "settled" else None
            how = cast(Literal["settled", "raised", "withdrawn"], outcome)
            level = replace(level, outcome=how, tier=tier, decided_by=level.holder, decided_at=AT)
        made.append(level)
    return made


@pytest.mark.parametrize(
    ("recommended", "split", "standing", "tier"),
    [
        pytest.param("", "", "missing", None, id="nobody spoke"),
        pytest.param("o2", "", "missing", None, id="the bureau is silent"),
        pytest.param("o2 b2", "", "agreed", "2", id="both say the same"),
        pytest.param("o3 b2 o2", "working:withdrawn", "agreed", "2", id="the last word of a side counts"),
        pytest.param("o3 b2", "working", "split", None, id="an open split"),
        pytest.param("o3 b2", "working:raised secretary", "split", None, id="raised, and open above"),
        pytest.param("o3 b2", "working:settled", "settled", "2WL", id="settled, also with a third tier"),
        pytest.param("o3 b2", "working:raised secretary:settled", "settled", "2WL", id="settled above"),
        pytest.param("o3 b2", "working:settled working", "split", None, id="opened again"),
        pytest.param("o3 b2 o2", "working:settled working:withdrawn", "agreed", "2", id="settled, then agreed upon"),
    ],
)
def test_how_a_country_stands(recommended: str, split: str, standing: str, tier: Tier | None) -> None:
    found = standing_of(said(recommended), levels(split), has_bureau=True)

    assert (found.standing, found.tier) == (standing, tier)


def test_a_country_without_a_bureau_stands_as_the_office_says() -> None:
    assert standing_of(said("o1"), [], has_bureau=False).standing == "agreed"
    assert standing_of([], [], has_bureau=False).standing == "missing"


@pytest.mark.parametrize(
    ("before", "added", "split", "move", "level"),
    [
        pytest.param("", "o2", "", "none", "", id="the first word"),
        pytest.param("o2", "b2", "", "none", "", id="the same"),
        pytest.param("o2", "b3", "", "opens", "working", id="another"),
        pytest.param("o2 b3", "o3", "working", "withdraws", "", id="both agree now"),
        pytest.param("o2 b3", "oW", "working", "none", "", id="still another"),
        pytest.param("o2 b3 o3", "o2", "working:withdrawn", "opens", "working", id="differ again"),
        pytest.param("o2 b3", "o2", "working:settled", "none", "", id="a new rationale after settling"),
        pytest.param("o2 b3", "oW", "working:raised secretary:settled", "opens", "secretary", id="another tier after"),
        pytest.param("o2 b3", "b2", "working:settled", "lapses", "", id="agreeing after settling"),
    ],
)
def test_what_a_new_word_moves(before: str, added: str, split: str, move: str, level: str) -> None:
    (one,) = said(added)

    found = move_of(said(before), one, levels(split), first_level="working", has_bureau=True)

    assert (found.move, found.level) == (move, level)


@pytest.mark.parametrize(
    ("recommended", "split", "tier", "waived", "who"),
    [
        pytest.param("o2 b2", "", "2", False, {"g.principal", "s.principal"}, id="as agreed"),
        pytest.param("o2 b2", "", "3", False, {"s.principal"}, id="otherwise than agreed"),
        pytest.param("oW bW", "", "2WL", True, {"s.principal"}, id="as agreed, with a waiver"),
        pytest.param("o3 b2", "working:settled", "2WL", False, {"s.principal"}, id="as settled"),
        pytest.param("o3 b2", "working:settled", "2", False, {"s.principal"}, id="otherwise than settled"),
        pytest.param("o3 b2", "working", "2", False, set(), id="while the split is open"),
        pytest.param("o3", "", "3", False, set(), id="while a side is silent"),
    ],
)
def test_who_may_place(recommended: str, split: str, tier: Tier, *, waived: bool, who: set[str]) -> None:
    standing = standing_of(said(recommended), levels(split), has_bureau=True)

    allowed = {
        position
        for position in config().positions
        if not why_not_place([position], standing, tier, placing=PLACING, waived=waived, explanation="Made up.")
    }

    assert allowed == who


def test_whoever_stands_in_places_in_the_name_of_the_seat_that_may() -> None:
    standing = standing_of(said("o2 b2"), [], has_bureau=True)

    seat = seat_that_places(["gtip.director", "g.principal"], standing, "2", placing=PLACING, waived=False)

    assert seat == "g.principal"
