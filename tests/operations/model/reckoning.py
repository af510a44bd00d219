"""What should each position have been told by now? A second reckoning, the simplest that keeps the ledger's promises.

Nothing here is shared with the product but config/ladders as data. Each method is one thing that happens; `states()`
is then held against the ledger's notices, one by one. What a receiver does is told to it as `world`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import yaml

from tests.operations.model.clocks import CONFIG, Clock, clock_of

POSTS = {"baku": "eur", "dakar": "af", "dhaka": "sca", "managua": "wha"}
OWED = {
    ("progress-report", "AZE"): "baku",
    ("progress-report", "SEN"): "dakar",
    ("progress-report", "GNB"): "dakar",
    ("progress-report", "BGD"): "dhaka",
    ("progress-report", "NIC"): "managua",
    ("demarche", "AZE"): "baku",
    ("demarche", "SEN"): "dakar",
}
PLANNED = {"progress-report": date(2009, 11, 15), "demarche": date(2009, 10, 19)}
_LEVEL = {"action-officer": 0, "alternate": 0, "front-office": 1, "bureau": 2, "director": 3}
Outcome = str  # accepted, refused, not_sent, unknown


@dataclass
class Owed:
    """A report that a post owes."""

    step: str
    country: str
    post: str
    planned: date
    due: datetime
    version: int = 1
    standing: str = "missing"
    said: tuple[str, ...] = ()


@dataclass(eq=False)
class Rung:
    """One rung to one position; `state` is the ledger's word."""

    of: Owed
    version: int
    days: int
    position: str
    channel: str
    due: datetime
    latest_by: datetime | None
    alarm: bool = False
    state: str = "owed"
    decided: datetime | None = None

    @property
    def key(self) -> str:
        return f"notice:2010:{self.of.step}:{self.of.country}:v{self.version}:{self.days:+d}:{self.position}"

    @property
    def is_old(self) -> bool:
        """Of a plan that was replaced, or answered."""
        return self.version != self.of.version or self.of.standing != "missing"


@dataclass(eq=False)
class Mail:
    """A digest, or (without rungs) a letter about one event."""

    key: str
    position: str
    channel: str
    address: str
    sealed: datetime
    rungs: list[Rung] = field(default_factory=list)
    state: str = "sealed"
    tried: datetime | None = None
    fate: Outcome = ""
    doubted: bool = False  # taken up again while its outcome was unknown

    @property
    def is_repeated(self) -> bool:
        """Whether its unknown outcome is tried again by rule: the outbox, which stands for Slack, drops repeats."""
        return self.state == "unknown" and self.channel == "slack"


@dataclass
class Hold:
    """`unit` is a post or a bureau, "" everybody."""

    unit: str
    ends: datetime
    lifted: bool = False


def clock(position: str) -> Clock:
    return clock_of(position.split(".", maxsplit=1)[0])


class Reckoning:
    """The cycle as it should stand."""

    def __init__(self, at: datetime) -> None:
        self.last = at
        self.rungs: list[Rung] = []
        self.mails: list[Mail] = []
        self.holds: list[Hold] = []
        self.marked: set[str] = set()
        self.moved: list[tuple[date, str, str]] = []
        self.stand_ins: list[tuple[date, date, str, str]] = []
        self.owed = {
            key: Owed(*key, post, PLANNED[key[0]], clock(post).end_of(PLANNED[key[0]])) for key, post in OWED.items()
        }
        for one in self.owed.values():
            self._climb(one, at)

    def states(self) -> dict[str, str]:
        """What the ledger should say of each notice."""
        return {rung.key: rung.state for rung in self.rungs}

    # What people do

    def answer(self, one: Owed, text: str, at: datetime) -> None:
        one.standing, one.said = "received", (*one.said, text)
        self._letter(f"{one.post}.action-officer", f"receipt:{one.step}-{one.country}-v{len(one.said)}", at)
        self._end(one, "cancelled", at)

    def waive(self, one: Owed, at: datetime) -> None:
        one.standing = "waived"
        self._end(one, "waived", at)

    def plan(self, one: Owed, planned: date, at: datetime) -> None:
        self._end(one, "cancelled", at)
        told = f"deadline:{one.step}-{one.country}-v"
        for mail in self.mails:
            if told in mail.key and mail.state in ("sealed", "unknown"):
                mail.state = "withdrawn"
        one.planned, one.due, one.version = planned, clock(one.post).end_of(planned), one.version + 1
        self._climb(one, at)
        self._letter(f"{one.post}.action-officer", f"{told}{one.version}", at)

    def bounce(self, mail: Mail, at: datetime) -> None:
        if mail.address in self.marked:
            return
        self.marked.add(mail.address)
        if not mail.rungs:
            self._pass_letter_on(mail, at)
        for rung in mail.rungs:
            if not rung.is_old:
                self._pass_on(rung, at)

    def settle(self, mail: Mail, at: datetime, *, was_sent: bool) -> None:
        mail.state, mail.tried = ("accepted", mail.tried) if was_sent else ("sealed", None)
        for rung in mail.rungs:
            if rung.state == "unknown":
                rung.state, rung.decided = "sent" if was_sent else "queued", at

    # What a tick does

    def tick(self, at: datetime, world: Callable[[Mail], Outcome]) -> None:
        at = self.seal(at)
        for _ in range(6):
            going = self.going(at)
            for mail in going:
                self.arrive(mail, world(mail), at)
            if not going:
                return
            self.seal(at)

    def seal(self, at: datetime) -> datetime:
        self.last = at = max(at, self.last)
        for mail in [one for one in self.mails if one.state == "sending"]:
            mail.state, fate = "unknown" if mail.doubted else "sealed", mail.fate
            if fate != "not_begun":
                self.arrive(mail, fate, at)
            elif mail.doubted:
                mail.tried = at
        for mail in [one for one in self.mails if one.state == "sealed" and one.rungs]:
            self._take_back(mail, at)
        for mail in [one for one in self.mails if one.is_repeated and any(rung.is_old for rung in one.rungs)]:
            self._repeat_no_more(mail, at)
        self._decide(at)
        return at

    def going(self, at: datetime) -> list[Mail]:
        waiting = [one for one in self.mails if one.state == "sealed" or one.is_repeated]
        fresh = [one for one in waiting if one.tried is None or one.tried < at]
        return [mail for mail in fresh if not self._held(mail.position, at)]

    def arrive(self, mail: Mail, outcome: Outcome, at: datetime) -> None:
        mail.tried = at
        if outcome == "not_sent":
            return
        mail.state = outcome
        if outcome == "refused":
            self.marked.add(mail.address)
            if not mail.rungs:
                self._pass_letter_on(mail, at)
        for rung in [one for one in mail.rungs if one.state in ("queued", "unknown")]:
            if outcome != "refused":
                rung.state, rung.decided = "sent" if outcome == "accepted" else "unknown", at
            elif rung.is_old:
                rung.state, rung.decided = "cancelled", at
            elif self.way(rung.position, rung.channel, at) or not self._pass_on(rung, at):
                rung.state = "owed"
            else:
                rung.state, rung.decided = "failed", at

    def _take_back(self, mail: Mail, at: datetime) -> None:
        there = clock(mail.position)
        for rung in mail.rungs:
            if rung.state == "queued" and rung.is_old:
                rung.state, rung.decided = "cancelled", at
        overtaken = any(rung.state != "queued" for rung in mail.rungs)
        in_time = there.is_in(at) or (
            not there.is_in(mail.sealed) and all(rung.latest_by and at <= rung.latest_by for rung in mail.rungs)
        )
        if overtaken or there.today(at) > there.today(mail.sealed) or not in_time:
            mail.state = "withdrawn"
            for rung in mail.rungs:
                rung.state = "owed" if rung.state == "queued" else rung.state

    def _repeat_no_more(self, mail: Mail, at: datetime) -> None:
        mail.state = "withdrawn"
        for rung in [one for one in mail.rungs if one.state in ("queued", "unknown")]:
            rung.state, rung.decided = ("cancelled", at) if rung.is_old else ("owed", rung.decided)

    def _decide(self, at: datetime) -> None:
        due = [rung for rung in self.rungs if rung.state == "owed" and rung.due <= at]
        for rung in due:
            if rung.is_old:
                rung.state, rung.decided = "cancelled", at
        newest = _newest(rung for rung in due if not rung.is_old)
        ready = [rung for rung in newest if not self._held(rung.position, at) and not self._waits(rung, at)]
        older = {
            rung: [one for one in due if _same(one, rung) and not one.is_old and one is not rung] for rung in ready
        }
        able = []
        for rung in ready:
            if self.way(rung.position, rung.channel, at):
                able.append(rung)
                continue
            passed = len(self.rungs)
            if self._pass_on(rung, at):
                able += self.rungs[passed:]
                for one in [rung, *older[rung]]:
                    one.state, one.decided = "failed" if one is rung else "superseded", at
        boxes: dict[tuple[str, str], list[Rung]] = {}
        last = _newest(able)
        for rung in last:
            channel, _ = self.way(rung.position, rung.channel, at) or ("", "")
            if self._may_go_now(rung, channel, at):
                boxes.setdefault((rung.position, channel), []).append(rung)
        self._into_mails(boxes, able, older, at)

    def _into_mails(
        self,
        boxes: dict[tuple[str, str], list[Rung]],
        able: list[Rung],
        older: dict[Rung, list[Rung]],
        at: datetime,
    ) -> None:
        for (position, channel), rungs in boxes.items():
            _, address = self.way(position, channel, at) or ("", "")
            day = f"{position}:{channel}:{clock(position).today(at)}"
            n = sum(mail.key.startswith(f"message:2010:{day}:") for mail in self.mails) + 1
            self.mails.append(Mail(f"message:2010:{day}:{n}", position, channel, address, at, rungs))
            for rung in rungs:
                rung.state = "queued"
                for one in able:
                    for replaced in [one, *older.get(one, [])] if _same(one, rung) else []:
                        if replaced is not rung and replaced.state == "owed":
                            replaced.state, replaced.decided = "superseded", at

    def _may_go_now(self, rung: Rung, channel: str, at: datetime) -> bool:
        there = clock(rung.position)
        runs_out = rung.latest_by is not None and at <= rung.latest_by < there.comes_in(at)
        had_mail = any(
            mail.rungs and (mail.position, mail.channel) == (rung.position, channel) and mail.state != "withdrawn"
            for mail in self.mails
            if there.today(mail.sealed) == there.today(at)
        )
        return runs_out or (there.is_in(at) and not had_mail)

    def _waits(self, rung: Rung, at: datetime) -> bool:
        """Nobody above hears before the post was reached; then the ladder's distance is kept from that day."""
        if _level(rung.position) == 0 or rung.days < 0 or rung.alarm:
            return False
        below = [one for one in self.rungs if one.of is rung.of and _level(one.position) == 0]
        asked = [one for one in below if one.version == rung.version and one.days <= rung.days]
        if any(one.state in ("owed", "queued") and one.due <= at for one in asked):
            return True
        if below and not any(one.state in ("sent", "failed") for one in below):
            return True
        tried = [one for one in asked if one.state in ("sent", "failed", "unknown") and one.decided]
        if not tried:
            return False
        last = max(one.days for one in tried)
        first = min((one for one in tried if one.days == last), key=lambda one: one.decided or at)
        here, there = clock(rung.position), clock(rung.of.post)
        late = there.today(first.decided or at) - there.today(first.due)
        morning = here.nine(here.worked(here.today(rung.due) + max(late, timedelta(0)), 1))
        return (late > timedelta(0) and at < morning) or any((one.decided or at) >= at for one in tried)

    # Who is reached, and where

    def way(self, position: str, channel: str, at: datetime) -> tuple[str, str] | None:
        """The channel and address by which a position is reached: its rung's, else mail, else Slack."""
        addresses = self.addresses(position, at)
        for name in (channel, "email", "slack"):
            if name in addresses and addresses[name] not in self.marked:
                return name, addresses[name]
        return None

    def addresses(self, position: str, at: datetime) -> dict[str, str]:
        today = clock(position).today(at)
        standing_in = [to for start, end, seat, to in self.stand_ins if seat == position and start <= today <= end]
        seat = standing_in[-1] if standing_in else position
        moved = [where for start, who, where in self.moved if who == seat and start <= clock(seat).today(at)]
        unit, _, role = seat.partition(".")
        if role == "bureau":
            return {"email": f"{unit}.tip@bureaus.example", "slack": f"#tip-{unit}"}
        if role == "director":
            return {"email": "director@gtip.example", "slack": "#tip-director"}
        return {"email": moved[-1] if moved else f"{seat}@posts.example"}

    def _held(self, position: str, at: datetime) -> bool:
        unit = position.split(".", maxsplit=1)[0]
        units = {"", unit, POSTS.get(unit, "")}
        return any(hold.unit in units and not hold.lifted and at < hold.ends for hold in self.holds)

    def _pass_on(self, rung: Rung, at: datetime) -> bool:
        """Owe it to the next one up who can be reached, unless that one has the rung; False if there is none."""
        for position in _above(rung.position, rung.of.post):
            way = self.way(position, rung.channel, at)
            if way is None:
                continue
            alarm = rung.alarm or not position.endswith(".alternate")
            passed = Rung(rung.of, rung.version, rung.days, position, way[0], rung.due, rung.latest_by, alarm)
            if passed.key not in {one.key for one in self.rungs}:
                self.rungs.append(passed)
            return True
        return False

    def _letter(self, position: str, name: str, at: datetime) -> None:
        address = self.addresses(position, at)["email"]
        self.mails.append(Mail(f"message:2010:{name}", position, "email", address, at))

    def _pass_letter_on(self, mail: Mail, at: datetime) -> None:
        for position in _above(mail.position, mail.position.split(".")[0]):
            if self.addresses(position, at)["email"] not in self.marked:
                name = mail.key.removeprefix("message:2010:").partition("+")[0]
                self._letter(position, f"{name}+{position}", at)
                return

    # Plans

    def _climb(self, one: Owed, at: datetime) -> None:
        """Every rung of the present plan that falls due from `at` on."""
        told = [
            (rung["days"], position, rung.get("channel", "email"), _nine(one, rung["days"], position))
            for rung in _ladder(one.step)
            for position in _names(rung["to"], one.post)
        ]
        for days, position, channel, due in told:
            if due < at.replace(microsecond=0):
                continue
            later = [other for more, _, _, other in told if more > days and other > due]
            latest_by = one.due if days < 0 else min(later, default=None)
            self.rungs.append(Rung(one, one.version, days, position, channel, due, latest_by))

    def _end(self, one: Owed, state: str, at: datetime) -> None:
        sending = {rung for mail in self.mails if mail.state == "sending" for rung in mail.rungs}
        for rung in self.rungs:
            begun = rung.state == "queued" and rung in sending
            if rung.of is one and rung.state in ("owed", "queued") and not begun:
                rung.state, rung.decided = state, at


@cache
def _ladder(step: str) -> list[dict[str, Any]]:
    rungs: list[dict[str, Any]] = yaml.safe_load((CONFIG / "ladders" / f"{step}.yaml").read_text())["rungs"]
    return rungs


def _names(to: Iterable[str], post: str) -> Iterator[str]:
    for name in to:
        yield {"bureau": f"{POSTS[post]}.bureau", "director": "gtip.director"}.get(name, f"{post}.{name}")


def _nine(one: Owed, days: int, position: str) -> datetime:
    there = clock(position)
    return there.nine(there.worked(one.planned + timedelta(days=days), -1 if days < 0 else 1))


def _above(position: str, post: str) -> list[str]:
    seats = [
        *(f"{post}.{role}" for role in ("action-officer", "alternate", "front-office")),
        f"{POSTS[post]}.bureau",
        "gtip.director",
    ]
    return seats[seats.index(position) + 1 :]


def _level(position: str) -> int:
    return _LEVEL[position.split(".")[1]]


def _same(one: Rung, other: Rung) -> bool:
    return one.of is other.of and one.position == other.position


def _newest(rungs: Iterable[Rung]) -> list[Rung]:
    last: dict[tuple[int, str], Rung] = {}
    for rung in rungs:
        kept = last.get((id(rung.of), rung.position))
        if kept is None or (rung.version, rung.days) > (kept.version, kept.days):
            last[id(rung.of), rung.position] = rung
    return list(last.values())
