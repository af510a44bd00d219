"""Anything in any order: the product's operations and the reckoning take the same steps and must stand alike."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.operations.model.clocks import clock_of
from tests.operations.model.reckoning import OWED, POSTS, Hold, Mail, Owed, Reckoning
from tests.operations.model.world import EndsHereError, MoodyMailbox, world
from tests.operations.test_bounces import came_back
from tests.smoke.story import YEAR, progress_report, utc
from tipcycle.errors import StoreError
from tipcycle.operations.change_contact import change_contact, delegate
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.hold import hold, lift_hold
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.take_bounces import bounces_to_take, take_bounces
from tipcycle.operations.take_in import files_to_take_in, take_in_each
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.settings import settings
from tipcycle.store import Store

BEGIN, END = utc("2009-10-05 12:00"), utc("2010-03-01 00:00")
DIRECTOR: dict[str, Any] = {"reason": "made up", "approver": "gtip.director"}
_LATER = [timedelta(minutes=m) for m in (7, 20, 60, 60, 180, 300, 480)] + [timedelta(hours=h) for h in (13, 24, 26)]
_OUTAGE = [timedelta(days=d) for d in (3, 10, 45)]

a_report = st.sampled_from(sorted(OWED))
a_seat = st.sampled_from(
    [f"{post}.{role}" for post in POSTS for role in ("action-officer", "alternate", "front-office")]
)


class Ledger(RuleBasedStateMachine):
    """`steps` counts every rule that ran in this process, by name."""

    first: ClassVar[Path]
    mailbox: ClassVar[MoodyMailbox]
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.world = self._open.enter_context(world(self.first, self.mailbox))
        self.at = BEGIN
        self.model = Reckoning(BEGIN)
        self.acts = 0
        self.told = 0

    def teardown(self) -> None:
        try:
            self._at_the_end()
        finally:
            self._open.close()

    # The clock

    @rule(later=st.sampled_from(_LATER))
    def tick(self, later: timedelta) -> None:
        self._tick(later, "up")

    @rule(days=st.integers(0, 5), hour=st.integers(9, 16), post=st.sampled_from(sorted(POSTS)))
    def tick_when_somebody_is_in(self, days: int, hour: int, post: str) -> None:
        there = clock_of(post)
        day = there.worked(there.today(self.at) + timedelta(days=days), 1)
        self._tick(max(there.nine(day) + timedelta(hours=hour - 9) - self.at, timedelta(minutes=1)), "up")

    @rule(hours=st.integers(1, 4))
    def tick_by_the_hour(self, hours: int) -> None:
        for _ in range(hours):
            self._tick(timedelta(hours=1), "up")

    @rule(later=st.sampled_from(_LATER), mood=st.sampled_from(["down", "keeps", "drops"]))
    def tick_while_mail_fails(self, later: timedelta, mood: str) -> None:
        self._tick(later, mood)

    def _tick(self, later: timedelta, mood: str) -> None:
        self._step(f"tick, mail {mood}", later)
        self.mailbox.becomes(mood)
        self.world.tick(self.at)
        self.model.tick(self.at, self.mailbox.outcome)

    @rule(off=st.sampled_from(_OUTAGE))
    def nothing_ran_for_days(self, off: timedelta) -> None:
        self._step("outage", off)

    @precondition(lambda self: self.at >= self.model.last)
    @rule()
    def the_clock_is_put_back(self) -> None:
        self._step("clock back", -timedelta(hours=2))

    @rule(later=st.sampled_from(_LATER))
    def end_before_the_transaction_is_over(self, later: timedelta) -> None:
        self._step("abandon", later)
        try:
            self.world.abandon(self.at)
        except EndsHereError:
            return

    @rule(later=st.sampled_from(_LATER))
    def end_between_sealing_and_sending(self, later: timedelta) -> None:
        self._step("stop", later)
        self.world.stop_after_sealing(self.at)
        self.model.seal(self.at)

    @rule(later=st.sampled_from(_LATER), after=st.integers(0, 3), noted=st.booleans())
    def end_while_sending(self, later: timedelta, after: int, noted: bool) -> None:
        self._step("die", later)
        self.mailbox.becomes("up")
        at = self.model.seal(self.at)
        fates = self.world.die_while_sending(self.at, after=after, noted=noted)
        going = {mail.key: mail for mail in self.model.going(at)}
        for key, fate in fates.items():
            if key in going:
                going[key].doubted |= going[key].state == "unknown"
                going[key].state, going[key].fate = "sending", fate
        assert set(going) <= set(fates)

    # What people do

    @rule(which=a_report, text=st.sampled_from(["begun", "done", "more"]))
    def submit(self, which: tuple[str, str], text: str) -> None:
        one = self._owed("submit", which)
        self._drop(one, text)
        (taken,) = take_in_each(files_to_take_in(), self.at).taken
        if text in one.said[-1:]:
            assert taken.outcome == "identical", taken
            return
        assert taken.outcome == "accepted", taken
        self.model.answer(one, text, self.at)
        self._logged("accept-submission", _key(one))

    @rule(which=a_report, days=st.one_of(st.integers(-20, 21), st.none()))
    def change_the_deadline(self, which: tuple[str, str], days: int | None) -> None:
        one = self._owed("withdraw" if days is None else "shorten" if days < 0 else "extend", which)
        original = date(2009, 11, 15) if one.step == "progress-report" else date(2009, 10, 19)
        new = original if days is None else one.planned + timedelta(days=days)
        over = days is not None and clock_of(one.post).end_of(new) <= self.at
        asked: dict[str, Any] = {"step": one.step, "country": one.country, "at": self.at, **DIRECTOR}
        try:
            change_deadline(
                YEAR, planned_on=None if days is None else new, reason_class="post asked", preview=False, **asked
            )
        except StoreError:
            assert one.standing != "missing" or new == one.planned or over
            return
        assert one.standing == "missing"
        assert new != one.planned
        assert not over
        self.model.plan(one, new, self.at)
        self._logged("change-deadline", _key(one))

    @rule(which=a_report)
    def waive(self, which: tuple[str, str]) -> None:
        one = self._owed("waive", which)
        try:
            waive_obligation(YEAR, step=one.step, country=one.country, at=self.at, **DIRECTOR)
        except StoreError:
            assert one.standing != "missing"
            return
        assert one.standing == "missing"
        self.model.waive(one, self.at)
        self._logged("waive-obligation", _key(one))

    @rule(seat=a_seat, number=st.integers(0, 2))
    def change_the_contact(self, seat: str, number: int) -> None:
        self._step("contact")
        address, today = f"new{number}@{seat}.example", clock_of(seat.split(".", maxsplit=1)[0]).today(self.at)
        change_contact(YEAR, position=seat, address=address, from_on=today, at=self.at, preview=False, **self._director)
        self.model.moved.append((today, seat, address))
        self._logged("change-contact", seat)

    @rule(post=st.sampled_from(sorted(POSTS)), days=st.integers(0, 9))
    def let_the_alternate_stand_in(self, post: str, days: int) -> None:
        self._step("delegate")
        seat, to, today = f"{post}.action-officer", f"{post}.alternate", clock_of(post).today(self.at)
        until = today + timedelta(days=days)
        delegate(YEAR, position=seat, to=to, from_on=today, until_on=until, at=self.at, preview=False, **self._director)
        self.model.stand_ins.append((today, until, seat, to))
        self._logged("delegate", seat)

    @rule(unit=st.sampled_from(["", *POSTS, *POSTS.values()]), days=st.integers(0, 9))
    def stop_sending(self, unit: str, days: int) -> None:
        self._step("hold")
        last = clock_of("gtip").today(self.at) + timedelta(days=days)
        scope: Any = "all" if not unit else "post" if unit in POSTS else "bureau"
        hold(YEAR, scope=scope, name=unit, until_on=last, at=self.at, **self._director)
        self.model.holds.append(Hold(unit, clock_of("gtip").nine(last + timedelta(days=1)) - timedelta(hours=9)))
        self._logged("hold", f"hold:{len(self.model.holds)}")

    @precondition(lambda self: any(not one.lifted for one in self.model.holds))
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        self._step("lift")
        number = data.draw(st.sampled_from([n for n, one in enumerate(self.model.holds, 1) if not one.lifted]))
        lift_hold(number, reason="made up", by="gtip.director", at=self.at)
        self.model.holds[number - 1].lifted = True
        self._logged("lift-hold", f"hold:{number}")

    # What receivers do

    @rule(seat=a_seat)
    def a_mailbox_is_closed(self, seat: str) -> None:
        self._step("refuse")
        self.mailbox.refused.add(self.model.addresses(seat, self.at)["email"])

    @precondition(lambda self: self._kept())
    @rule(data=st.data())
    def a_mail_comes_back(self, data: st.DataObject) -> None:
        self._step("bounce")
        mail = data.draw(st.sampled_from(self._kept()))
        ((message_id,),) = self.world.rows(f"SELECT message_id FROM messages WHERE key = '{mail.key}'")
        marks = mail.address not in self.model.marked
        settings().bounces.mkdir(exist_ok=True)
        (settings().bounces / "bounce.eml").write_bytes(came_back(str(message_id)))
        take_bounces(bounces_to_take(), self.at)
        self.model.bounce(mail, self.at)
        if marks:
            self._logged("mail-came-back", mail.key)

    @precondition(lambda self: self._unknown())
    @rule(data=st.data(), was_sent=st.booleans())
    def settle(self, data: st.DataObject, was_sent: bool) -> None:
        self._step("settle")
        mail = data.draw(st.sampled_from(self._unknown()))
        key = mail.key
        settle_unknown(key, as_="was-sent" if was_sent else "send-again", actor="gtip.director", at=self.at)
        self.model.settle(mail, self.at, was_sent=was_sent)
        self._logged("settle-unknown", key)

    # What must hold at every step

    @invariant()
    def every_notice_stands_as_reckoned(self) -> None:
        ledger: dict[str, str] = dict(self.world.rows("SELECT key, state FROM notices"))
        self._alike(ledger, self.model.states())

    def _alike(self, ledger: dict[Any, Any], expected: dict[str, str]) -> None:
        if ledger != expected:
            keys = sorted(key for key in ledger | expected if ledger.get(key) != expected.get(key))
            lines = "\n".join(f"{key}: ledger {ledger.get(key)}, reckoned {expected.get(key)}" for key in keys)
            raise AssertionError(f"at {self.at}:\n{lines}")

    @invariant()
    def every_mail_stands_as_reckoned(self) -> None:
        ours = "SELECT key, state FROM messages WHERE key NOT LIKE '%:bureau-digest:%'"
        ledger: dict[str, str] = dict(self.world.rows(ours))
        expected = {mail.key: mail.state for mail in self.model.mails}
        self._alike(ledger, expected)

    @invariant()
    def every_change_is_in_the_log(self) -> None:
        ((count,),) = self.world.rows("SELECT count(*) FROM acts WHERE actor <> 'tipcycle' OR act = 'mail-came-back'")
        assert count == self.acts

    def _at_the_end(self) -> None:
        with Store.read(settings().ledger_url) as store:
            assert list(store.acts.breaks()) == []

    # Steps in small

    def _step(self, name: str, later: timedelta = timedelta(minutes=3)) -> None:
        self.steps[name] += 1
        self.at = min(self.at + later, END)

    def _owed(self, name: str, which: tuple[str, str]) -> Owed:
        self._step(name)
        return self.model.owed[which]

    def _logged(self, act: str, of: str) -> None:
        self.acts += 1
        ((last, about),) = self.world.rows("SELECT act, object FROM acts ORDER BY number DESC LIMIT 1")
        assert (last, about) == (act, of)

    def _drop(self, one: Owed, text: str) -> None:
        form = progress_report(one.country, one.post, submitted_by=f"{one.post}.action-officer")
        form["items"] = [{"id": "HP1", "status": "begun", "narrative": f"Made up: {text}."}]
        if one.step == "demarche":
            delivered = {"delivered_on": "2009-10-01", "level": "minister", "reaction": f"Made up: {text}."}
            form |= {"step": "demarche", "items": [], "demarche": delivered | {"officials": ["Minister of Justice"]}}
        settings().inbox.mkdir(exist_ok=True)
        (settings().inbox / "answer.json").write_text(json.dumps(form), encoding="utf-8")

    def _kept(self) -> list[Mail]:
        return [one for one in self.model.mails if one.state == "accepted" and one.position.split(".")[0] in POSTS]

    @property
    def _director(self) -> dict[str, Any]:
        """Who decides, and a reason that is new each time: the same act told twice in the same words is refused."""
        reason = f"made up, {len(self.model.moved) + len(self.model.stand_ins) + len(self.model.holds)}"
        return DIRECTOR | {"reason": reason}

    def _unknown(self) -> list[Mail]:
        return [one for one in self.model.mails if one.state == "unknown"]


def _key(one: Owed) -> str:
    return f"obligation:{YEAR}:{one.step}:{one.country}"
