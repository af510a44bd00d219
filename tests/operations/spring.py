"""A cycle in spring: the drafts are made, every country was asked, and tiers are to be recommended and placed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.smoke.story import YEAR, Story, story, utc
from tests.steps import stand_done
from tipcycle.model.placement import Tier
from tipcycle.model.tier_forms import PlacementForm, RecommendationForm
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.record_recommendations import TierReport, record_recommendations
from tipcycle.settings import settings
from tipcycle.store import Store

RECOMMENDED, SETTLED, PLACED = utc("2010-04-20 15:00"), utc("2010-04-28 15:00"), utc("2010-05-14 15:00")


def open_until_spring() -> None:
    """Open the cycle and record what comes before the tiers; no post answers, and no tick runs."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    stand_done("reporting-instructions", utc("2009-12-14 15:00"))
    stand_done("full-draft", utc("2010-04-15 15:00"))


@pytest.fixture(scope="session")
def spring_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of such a cycle, made once and then copied."""
    folder = tmp_path_factory.mktemp("spring")
    with story(folder):
        open_until_spring()
        ledger = folder / "spring.sqlite3"
        source, target = sqlite3.connect(folder / "tipcycle.sqlite3"), sqlite3.connect(ledger)
        source.backup(target)
        target.close()
        source.close()
    return ledger


@pytest.fixture
def spring(tmp_path: Path, spring_ledger: Path) -> Iterator[Story]:
    """A copy of it, with receivers."""
    with story(tmp_path, ledger=spring_ledger) as cycle:
        yield cycle


def recommend(position: str, *forms: tuple[str, Tier], at: datetime = RECOMMENDED, **changed: Any) -> TierReport:
    """Record recommendations of one position."""
    made = [
        RecommendationForm(country=iso3, tier=tier, **({"rationale": "Made up.", "standards": ["4.1"]} | changed))
        for iso3, tier in forms
    ]
    return record_recommendations(YEAR, position=position, recommendations=made, at=at, preview=False)


def place(position: str, *forms: tuple[str, Tier], at: datetime = PLACED, **changed: Any) -> TierReport:
    """Record single placements, each with an explanation."""
    values = {"rationale": "Made up.", "explanation": "Made up.", "standards": ["4"]} | changed
    made = [PlacementForm(country=iso3, tier=tier, **values) for iso3, tier in forms]
    return record_placements(YEAR, position=position, placements=made, at=at, preview=False)


def tiers_placed() -> dict[str, str]:
    """The governing tiers by iso3."""
    with Store.read(settings().ledger_url) as store:
        return {iso3: one.tier for iso3, one in store.tiers.placements(YEAR).items()}
