"""The rehearsal's tier decisions, played through the operations, end with exactly the placements of that Report."""

from __future__ import annotations

from datetime import date

from tests.operations.spring import (
    PLACED,
    RECOMMENDED,
    SETTLED,
    spring,
    spring_ledger,
    tiers_placed,
)
from tests.smoke.story import YEAR, Story
from tipcycle.operations.context import context
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.record_recommendations import record_recommendations
from tipcycle.operations.settle_split import settle_split
from tipcycle.operations.tier_state import asked_countries
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.service.rehearsal.tier_play import TierPlay, write_tier_play
from tipcycle.settings import settings
from tipcycle.store import Store

__all__ = ["spring", "spring_ledger"]


def written(seed: int) -> TierPlay:
    with Store.read(settings().ledger_url) as store:
        asked = asked_countries(store, YEAR)
    return write_tier_play(context(YEAR).config, asked, seed, on=date(2010, 5, 14))


def play(script: TierPlay) -> None:
    for position, forms in script.recommendations:
        record_recommendations(YEAR, position=position, recommendations=forms, at=RECOMMENDED, preview=False)
    for position, forms in script.changed:
        record_recommendations(YEAR, position=position, recommendations=forms, at=SETTLED, preview=False)
    for one in script.decisions:
        settle_split(
            YEAR,
            country=one.country,
            position=one.position,
            outcome=one.outcome,
            tier=one.tier,
            note=one.note,
            at=SETTLED,
        )
    record_placements(YEAR, position="g.principal", as_recommended=True, at=PLACED, preview=False)
    record_placements(YEAR, position="s.principal", placements=script.singly, at=PLACED, preview=False)


def test_the_play_ends_with_the_actual_placements_and_twelve_splits(spring: Story) -> None:
    script = written(7)
    play(script)

    actual = {
        row.iso3: row.tier
        for row in context(YEAR).config.placements
        if row.report_year == YEAR and not row.effective_on
    }
    placed = tiers_placed()
    assert {iso3: placed[iso3] for iso3 in actual} == actual
    assert {tier for iso3, tier in placed.items() if iso3 not in actual} == {"none"}
    assert placed == script.placements
    assert (len(actual), script.splits) == (173, 12)
    with Store.read(settings().ledger_url) as store:
        levels = store.tiers.levels(YEAR)
        step = store.obligations.get("obligation:2010:tier-placement:all")
    outcomes = [one.outcome for one in levels]
    assert (outcomes.count("settled"), outcomes.count("raised"), outcomes.count("withdrawn")) == (10, 6, 2)
    assert {one.holder for one in levels if one.outcome == "settled"} == {
        "gtip.director",
        "g.principal",
        "s.principal",
    }
    assert step.standing == "received"
    assert verify_ledger() == []


def test_the_same_seed_writes_the_same_play_and_every_text_says_that_it_is_made_up(spring: Story) -> None:
    script = written(7)

    assert script == written(7)
    assert script != written(8)
    texts = [form.rationale for _, forms in script.recommendations for form in forms]
    texts += [one.note for one in script.decisions] + [form.rationale for form in script.singly]
    assert all(text.startswith("Made up for a rehearsal") for text in texts)
