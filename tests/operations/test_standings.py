"""An obligation stands in one of four ways, for every post and step, at every moment, whatever was done before."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.errors import StoreError
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.context import context
from tipcycle.operations.read_status import read_status
from tipcycle.operations.tick import tick
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.settings import settings
from tipcycle.store import Store

WAYS = ("received", "nil", "waived", "missing")


def _sums_hold() -> None:
    """Count obligations by post and step, without the code that counts them for the board."""
    with Store.read(settings().ledger_url) as store:
        owed = store.obligations.of_cycle(YEAR)
    required = Counter((one.post, one.step) for one in owed)
    standing = Counter((one.post, one.step) for one in owed if one.standing in WAYS)
    assert required == standing
    for step in read_status(YEAR)["steps"]:
        assert step["required"] == sum(step[way] for way in WAYS)
        assert step["required"] == sum(count for (_, name), count in required.items() if name == step["step"])
        assert step["late"] <= step["received"] + step["nil"]
    assert verify_ledger() == []


class _Doings:
    """Everything that can happen to a progress report, with dice for order, country and day."""

    def __init__(self, cycle: Story, seed: int) -> None:
        self.cycle, self.dice, self.at = cycle, Random(seed), utc("2009-10-06 06:00")
        with Store.read(settings().ledger_url) as store:
            self.countries = [entry.iso3 for entry in store.cycles.special_watch_list(YEAR)]

    def step(self) -> None:
        """One thing happens, some hours or days after the last."""
        self.at += timedelta(hours=self.dice.choice((1, 6, 30, 90)))
        doing = self.dice.choice((self.report, self.report, self.nil, self.waive, self.extend, self.tick))
        doing(self.dice.choice(self.countries), self.at)

    def report(self, iso3: str, at: datetime) -> None:
        moved_up = iso3 in ("MUS", "NGA", "OMN")
        item = {"id": "PROS1" if moved_up else "HP1", "status": self.dice.choice(["begun", "partly"])}
        self._send(iso3, at, items=[item])

    def nil(self, iso3: str, at: datetime) -> None:
        self._send(iso3, at, items=[], nothing_to_report=True)

    def _send(self, iso3: str, at: datetime, **changed: object) -> None:
        post = context(YEAR).config.post_for(iso3)
        form = progress_report(iso3, post.name, submitted_by=f"{post.id}.action-officer", **changed)
        self.cycle.drop(f"{iso3}.yaml", form)
        self.cycle.take_in(at)

    def waive(self, iso3: str, at: datetime) -> None:
        with suppress(StoreError):  # what cannot be done is refused, and changes nothing
            waive_obligation(YEAR, step="progress-report", country=iso3, reason="test", approver="gtip.director", at=at)

    def extend(self, iso3: str, at: datetime) -> None:
        with suppress(StoreError):  # what cannot be done is refused, and changes nothing
            change_deadline(
                YEAR,
                step="progress-report",
                country=iso3,
                planned_on=(at + timedelta(days=self.dice.randint(2, 20))).date(),
                reason_class="post asked",
                reason="test",
                approver="gtip.director",
                at=at,
                preview=False,
            )

    def tick(self, iso3: str, at: datetime) -> None:
        asyncio.run(tick(at))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_required_is_always_received_and_nil_and_waived_and_missing(asked: Story, seed: int) -> None:
    doings = _Doings(asked, seed)

    for _ in range(40):
        doings.step()
        _sums_hold()

    progress = {step["step"]: step for step in read_status(YEAR)["steps"]}["progress-report"]
    assert progress["required"] == 56
    assert all(progress[way] > 0 for way in WAYS)
