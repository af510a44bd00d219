"""A story made of random acts from a seed, between the action requests and the winter; made up from end to end."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.errors import StoreError
from tipcycle.model.answer import Answer
from tipcycle.operations.change_contact import change_contact, delegate
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.settings import settings
from tipcycle.store import Store

LAST = utc("2009-12-10 12:00")
STEPS = ("demarche", "progress-report")


class RandomActs:
    """Acts on the progress reports and demarches of a cycle whose requests are out; `told` lists what was done."""

    def __init__(self, cycle: Story, seed: int) -> None:
        self._cycle, self._random = cycle, random.Random(seed)
        self.told: list[str] = []
        with Store.read(settings().ledger_url) as store:
            owed = [one for step in STEPS for one in store.obligations.of_cycle(YEAR, step=step)]
        self._owed = sorted((one.step, str(one.country), str(one.post)) for one in owed)

    def play(self, first: datetime) -> datetime:
        """Everything until the winter; the moment of the last tick, after which nothing is left that could go."""
        at = first
        acts = (
            *[self._tick] * 12,
            *[self._report] * 3,
            self._extend,
            self._shorten,
            self._waive,
            self._refuse,
            self._move,
            self._stand_in,
            self._say_received,
            self._mail_is_down,
        )
        while at < LAST:
            at += self._random.choice(
                (timedelta(minutes=7), timedelta(hours=1), timedelta(hours=5), timedelta(hours=26), timedelta(days=4))
            )
            act: Callable[[datetime], None] = self._random.choice(acts)
            self.told.append(f"{at:%m-%d %H:%M} {act.__name__.strip('_')}")
            act(at)
        last = at.replace(minute=0) + timedelta(hours=1)
        for hour in range(24):
            self._tick(last + timedelta(hours=hour))
        return last + timedelta(hours=23)

    def _tick(self, at: datetime) -> None:
        self._cycle.tick(at)

    def _any(self) -> tuple[str, str, str]:
        return self._random.choice(self._owed)

    def _report(self, at: datetime) -> None:
        step, country, post = self._any()
        form = progress_report(country, post, submitted_by=f"{post}.action-officer")
        if step == "demarche":
            delivered = {
                "delivered_on": "2009-10-01",
                "level": "minister",
                "officials": ["Minister of Justice"],
                "reaction": f"Made up, {self._random.random()}.",
            }
            form |= {"step": step, "demarche": delivered, "items": []}
        self._cycle.drop(f"{step}-{country}-{at:%m%d%H%M}.yaml", form)
        self._cycle.take_in(at)

    def _change(self, at: datetime, *, days: int) -> None:
        step, country, _ = self._any()
        with Store.read(settings().ledger_url) as store:
            planned_on = store.obligations.get(f"obligation:{YEAR}:{step}:{country}").planned_on
        try:
            change_deadline(
                YEAR,
                step=step,
                country=country,
                planned_on=planned_on + timedelta(days=days),
                reason_class="post asked",
                reason="made up",
                approver="gtip.director",
                at=at,
                preview=False,
            )
        except StoreError as error:
            self.told.append(f"  refused: {error}")

    def _extend(self, at: datetime) -> None:
        self._change(at, days=self._random.randint(1, 21))

    def _shorten(self, at: datetime) -> None:
        self._change(at, days=-self._random.randint(1, 5))

    def _waive(self, at: datetime) -> None:
        step, country, _ = self._any()
        try:
            waive_obligation(YEAR, step=step, country=country, reason="made up", approver="gtip.director", at=at)
        except StoreError as error:
            self.told.append(f"  refused: {error}")

    def _refuse(self, at: datetime) -> None:
        _, _, post = self._any()
        role = self._random.choice(("action-officer", "alternate", "front-office"))
        self._cycle.mailbox.refused.add(f"{post}.{role}@posts.example")

    def _move(self, at: datetime) -> None:
        _, _, post = self._any()
        change_contact(
            YEAR,
            position=f"{post}.action-officer",
            address=f"somebody.new@{post}.example",
            from_on=at.date(),
            reason="made up",
            approver="gtip.director",
            at=at,
            preview=False,
        )

    def _stand_in(self, at: datetime) -> None:
        _, _, post = self._any()
        until: date = at.date() + timedelta(days=10)
        delegate(
            YEAR,
            position=f"{post}.action-officer",
            to=f"{post}.alternate",
            from_on=at.date(),
            until_on=until,
            reason="made up",
            approver="gtip.director",
            at=at,
            preview=False,
        )

    def _say_received(self, at: datetime) -> None:
        step, country, post = self._any()
        key = f"answer:made-up-{len(self.told)}:01"
        said = Answer(
            key, f"obligation:{YEAR}:{step}:{country}", f"{post}.action-officer", "received", None, "", "link", 1, at
        )
        with Store.begin(settings().ledger_url) as store:
            store.answers.add(said)

    def _mail_is_down(self, at: datetime) -> None:
        self._cycle.mailbox.stop()
        try:
            self._cycle.tick(at)
        finally:
            self._cycle.mailbox.start_again()


def settle_everything(at: datetime) -> None:
    """Say of every unknown outcome that it was sent."""
    with Store.read(settings().ledger_url) as store:
        unknown = [one.key for one in store.messages.in_states(YEAR, ("unknown",))]
    for key in unknown:
        settle_unknown(key, as_="was-sent", actor="gtip.director", at=at)
