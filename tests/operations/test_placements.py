"""A placement is a person's decision: by who may decide, with its reasons, once; two at once are told apart."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.operations.spring import (
    PLACED,
    RECOMMENDED,
    SETTLED,
    place,
    recommend,
    spring,
    spring_ledger,
    tiers_placed,
)
from tests.smoke.story import YEAR, Story, utc
from tipcycle.errors import StoreError
from tipcycle.model.tier_forms import PlacementForm
from tipcycle.operations.change_contact import delegate
from tipcycle.operations.context import context
from tipcycle.operations.read_tiers import read_country
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.record_step import record_step
from tipcycle.operations.reopen_placement import reopen_placement
from tipcycle.operations.settle_split import settle_split
from tipcycle.operations.tier_state import asked_countries, bureau_seat
from tipcycle.operations.unplaced_countries import unplaced_countries
from tipcycle.settings import settings
from tipcycle.store import Store

__all__ = ["spring", "spring_ledger"]

OFFICE, BUREAU = "gtip.action-officer", "af.bureau"
WAIVER = {"written-plan": "made up", "would-be-significant-efforts": "made up", "sufficient-resources": "made up"}


def both(iso3: str, office: Any, bureau: Any) -> None:
    recommend(OFFICE, (iso3, office))
    recommend(BUREAU, (iso3, bureau))


def settled(tier: Any) -> None:
    both("SEN", "3", "2WL")
    settle_split(
        YEAR, country="SEN", position="gtip.director", outcome="settled", tier=tier, note="Made up.", at=SETTLED
    )


@pytest.mark.parametrize(
    ("position", "tier", "changed", "reason"),
    [
        pytest.param("g.principal", "2WL", {}, None, id="agreed, by the Under Secretary"),
        pytest.param("s.principal", "2WL", {}, None, id="agreed, by the Secretary"),
        pytest.param("gtip.director", "2WL", {}, "only g.principal or s.principal may place it", id="by the office"),
        pytest.param(BUREAU, "2WL", {}, "only g.principal or s.principal may place it", id="by the bureau"),
        pytest.param("g.principal", "2", {}, "only s.principal may place it on Tier 2 ", id="otherwise, by the wrong"),
        pytest.param("s.principal", "2", {}, None, id="otherwise, by the Secretary with an explanation"),
        pytest.param("s.principal", "2WL", {"rationale": ""}, "give the rationale", id="no rationale"),
        pytest.param("s.principal", "2", {"explanation": ""}, "placed on Tier 2 instead", id="otherwise, unexplained"),
        pytest.param("s.principal", "2WL", {"waiver": WAIVER}, "nothing to waive", id="a waiver before 2011"),
        pytest.param("s.principal", "2WL", {"replaces": 1}, "no placement 1 to replace", id="replaces nothing"),
    ],
)
def test_who_may_place_what_is_agreed_upon(
    spring: Story, position: str, tier: Any, changed: dict[str, Any], reason: str | None
) -> None:
    both("SEN", "2WL", "2WL")

    if reason is None:
        place(position, ("SEN", tier), **changed)
        assert tiers_placed() == {"SEN": tier}
        return
    with pytest.raises(StoreError, match=reason):
        place(position, ("SEN", tier), **changed)
    assert tiers_placed() == {}


def test_nothing_is_placed_while_a_side_is_silent_or_a_split_is_open(spring: Story) -> None:
    recommend(OFFICE, ("SEN", "3"))
    with pytest.raises(StoreError, match=r"no recommendation of the bureau yet; both recommend first"):
        place("s.principal", ("SEN", "3"))
    recommend(BUREAU, ("SEN", "2WL"))
    with pytest.raises(StoreError, match=r"a split, held by gtip.director since 2010-04-20; it is settled first"):
        place("s.principal", ("SEN", "3"))


def test_a_settled_split_is_placed_by_the_secretary_and_otherwise_only_with_an_explanation(spring: Story) -> None:
    settled("3")

    with pytest.raises(StoreError, match=r"only s.principal may place it on Tier 3"):
        place("g.principal", ("SEN", "3"))
    with pytest.raises(StoreError, match=r"say in the explanation why it is placed on Tier 2 Watch List instead"):
        place("s.principal", ("SEN", "2WL"), explanation="")
    place("s.principal", ("SEN", "3"))
    assert tiers_placed() == {"SEN": "3"}


def test_whoever_stands_in_for_the_secretary_places_in_the_secretarys_name(spring: Story) -> None:
    settled("3")
    delegate(
        YEAR,
        position="s.principal",
        to="g.principal",
        from_on=date(2010, 5, 14),
        until_on=date(2010, 5, 14),
        reason="travel (made up)",
        approver="s.principal",
        at=SETTLED,
        preview=False,
    )
    with pytest.raises(StoreError, match=r"only s.principal may place"):
        place("g.principal", ("SEN", "3"), at=utc("2010-05-13 15:00"))

    place("g.principal", ("SEN", "3"))

    placement = read_country(YEAR, "SEN", at=PLACED)["placement"]
    assert (placement["decided_by"], placement["acting"]) == ("s.principal", "g.principal")


def test_the_step_is_not_recorded_by_hand_while_a_country_is_not_placed(spring: Story) -> None:
    with pytest.raises(StoreError, match=r"countries are not placed yet: AFG, AGO"):
        record_step(YEAR, step="tier-placement", actor="gtip.director", note="", at=PLACED)


def test_a_change_of_tier_needs_its_explanation_and_of_several_none_is_placed_if_one_is_refused(spring: Story) -> None:
    both("SEN", "2", "2")
    both("MLI", "2WL", "2WL")

    with pytest.raises(StoreError) as refused:
        place("g.principal", ("SEN", "2"), ("MLI", "2WL"), ("FRA", "1"), explanation="")

    assert str(refused.value).splitlines() == [
        "SEN: It moves from Tier 2 Watch List to Tier 2: say in the explanation why.",
        "FRA: no recommendation of the office nor of the bureau yet; both recommend first",
    ]
    assert tiers_placed() == {}


def test_what_is_placed_is_not_placed_again_unless_it_is_said_which_one_is_replaced(spring: Story) -> None:
    both("SEN", "2WL", "2WL")
    place("g.principal", ("SEN", "2WL"))

    later = utc("2010-05-17 15:00")
    with pytest.raises(StoreError, match=r"was placed on Tier 2 Watch List by g.principal .* replaces 1"):
        place("s.principal", ("SEN", "2"), at=later)
    place("s.principal", ("SEN", "2"), replaces=1, at=later)
    with pytest.raises(StoreError, match=r"placement 1 is not the latest; number 2: placed on Tier 2 by s.principal"):
        place("s.principal", ("SEN", "3"), replaces=1, at=later)

    shown = read_country(YEAR, "SEN", at=later)
    assert [(one["number"], one["tier"]) for one in shown["placements"]] == [(1, "2WL"), (2, "2")]


def test_of_two_who_place_at_once_one_wins_and_the_other_is_told_who_did(spring: Story) -> None:
    both("SEN", "2WL", "2WL")

    def attempt(position: str) -> str:
        try:
            return place(position, ("SEN", "2WL")).lines[0]
        except StoreError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        first, second = sorted(pool.map(attempt, ["g.principal", "s.principal"]), key=len)

    assert first == "SEN: Tier 2 Watch List"
    assert "was placed on Tier 2 Watch List by" in second
    with Store.read(settings().ledger_url) as store:
        assert len(store.tiers.decisions(YEAR)) == 1


def test_all_as_recommended_leaves_out_what_is_not_agreed_and_says_why(spring: Story) -> None:
    both("SEN", "2WL", "2WL")
    both("MLI", "2", "2")
    both("GIN", "3", "2WL")
    recommend(OFFICE, ("AZE", "2WL"))

    preview = record_placements(YEAR, position="g.principal", as_recommended=True, at=PLACED, preview=True)
    before = tiers_placed()
    report = record_placements(YEAR, position="g.principal", as_recommended=True, at=PLACED, preview=False)

    assert (preview.recorded, preview.done, before) == (2, False, {})
    assert tiers_placed() == {"SEN": "2WL", "MLI": "2"}
    assert report.lines == preview.lines
    assert report.lines[:2] == ("MLI: Tier 2, before Tier 2 Watch List", "SEN: Tier 2 Watch List")
    assert report.lines[2:4] == (
        "1 country left out, no recommendation of the bureau yet: AZE",
        "1 country left out, a split, held by gtip.director since 2010-04-20: GIN",
    )
    (rest,) = report.lines[4:]
    assert re.fullmatch(
        r"\d+ countries left out, no recommendation of the office nor .* yet: AFG, .* and \d+ more", rest
    )
    shown = read_country(YEAR, "MLI", at=PLACED)["placement"]
    assert (shown["rationale"], shown["explanation"], shown["standards"]) == ("Made up.", "Made up.", ["4.1"])


def test_who_may_place_nothing_is_told_so_once(spring: Story) -> None:
    with pytest.raises(StoreError, match=r"^gtip.director does not place what both recommend; g.principal or s.prin"):
        record_placements(YEAR, position="gtip.director", as_recommended=True, at=PLACED, preview=True)


def test_the_step_is_done_when_every_country_asked_is_placed(spring: Story) -> None:
    with Store.read(settings().ledger_url) as store:
        asked = asked_countries(store, YEAR)
    of_bureau: dict[str, list[tuple[str, Any]]] = {}
    for iso3 in asked:
        of_bureau.setdefault(bureau_seat(context(YEAR), iso3), []).append((iso3, "2"))
    recommend(OFFICE, *((iso3, "2") for iso3 in asked))
    for bureau, forms in of_bureau.items():
        if bureau:
            recommend(bureau, *forms)
    made = [
        PlacementForm(country=iso3, tier="2", rationale="Made up.", explanation="Made up.", standards=["4"])
        for iso3 in asked
    ]
    record_placements(YEAR, position="s.principal", placements=made[1:], at=PLACED, preview=False)
    with Store.read(settings().ledger_url) as store:
        left = unplaced_countries(store, context(YEAR))
        missing = store.obligations.get("obligation:2010:tier-placement:all").standing

    record_placements(YEAR, position="s.principal", placements=made[:1], at=PLACED, preview=False)
    with Store.read(settings().ledger_url) as store:
        done = store.obligations.get("obligation:2010:tier-placement:all")
    line = reopen_placement(YEAR, country="SEN", position="s.principal", reason="made up", at=PLACED)
    with Store.read(settings().ledger_url) as store:
        again = unplaced_countries(store, context(YEAR))

    assert (left, missing) == ([made[0].country], "missing")
    assert (done.standing, done.approver) == ("received", "s.principal")
    assert again == ["SEN"]
    assert "governs no more: made up; the office and af.bureau may recommend anew (record-recommendation), " in line
    assert line.endswith(" may place it (record-placement)")


def test_a_country_that_was_not_asked_is_not_placed_and_an_unknown_one_is_named(spring: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        store.obligations.update("obligation:2010:annual-submission:SEN", country=None)

    with pytest.raises(StoreError) as refused:
        place("s.principal", ("SEN", "2"), ("Atlantis", "2"))

    assert str(refused.value).startswith("SEN: nothing was asked of it in cycle 2010, so it is not placed")
    assert 'no country "Atlantis"' in str(refused.value)


def test_before_the_drafts_are_made_nothing_is_placed(spring: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        store.obligations.update("obligation:2010:tier-placement:all", opened_at=None)

    with pytest.raises(StoreError, match=r"tier-placement is not open yet; it opens with full-draft"):
        place("s.principal", ("SEN", "2"), at=RECOMMENDED)
