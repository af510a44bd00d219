"""Was each notice sent when it had to be? A tick that is proven to have run had to take it, unless a reason held it.

A digest's sealing proves a tick. While nothing was sealed at all nobody can say that a tick ran: that is an outage,
and what fell due in it may be late. Reasons to wait are the recipient's hours, a mail on that day, "request received",
a hold, and for the rungs above the post that the post goes first and they keep their distance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts, Hold
from tipcycle.watchman.local_time import Clocks
from tipcycle.watchman.notices_kept import passed_on_since
from tipcycle.watchman.promises import Promise

_PAUSE = timedelta(days=7)
_GONE = ("sent", "failed")


class Punctuality:
    """Judges the notices of one ledger."""

    def __init__(self, facts: Facts, promises: Mapping[str, Promise], clocks: Clocks) -> None:
        self._facts, self._promises, self._clocks = facts, promises, clocks
        ticks = {mail.sealed_at for mails in facts.digests_to.values() for mail in mails}
        self._ticks = sorted(ticks | ({facts.last_tick_at} if facts.last_tick_at else set()))

    def differences(self) -> Iterator[Difference]:
        """What is late, was not decided, or went above the post too early; in order of key."""
        for key, notice in sorted(self._facts.notices.items()):
            if notice.obligation not in self._facts.obligations:
                continue
            taken_at = self.taken_at(notice)
            missed = self._first_missed(notice, taken_at)
            if missed and taken_at:
                what = f"fell due on {iso(notice.due_at)}, and the tick of {iso(missed)} left it until {iso(taken_at)}"
                yield Difference("late", key, what)
            elif missed:
                what = f"fell due on {iso(notice.due_at)}, and the tick of {iso(missed)} did not decide it"
                yield Difference("undecided", key, what)
            if key in self._promises and taken_at and notice.state == "sent" and (why := self._early(notice, taken_at)):
                yield Difference("early", key, f"went above the post on {iso(taken_at)}, and {why}")

    def taken_at(self, notice: Notice) -> datetime | None:
        """When a notice was sealed into its message, or decided without one; None while it waits."""
        mail = self._facts.mails.get(notice.message or "")
        return mail.sealed_at if mail else notice.decided_at

    def _first_missed(self, notice: Notice, taken_at: datetime | None) -> datetime | None:
        promise = self._promises.get(notice.key)
        since = promise.since if promise else passed_on_since(self._facts, notice) or self._facts.at
        for at in self._ticks[bisect_left(self._ticks, notice.due_at) :]:
            if taken_at and at >= taken_at:
                return None
            if at > since and self._is_newest(notice, at) and not self._why_held(notice, at):
                return at
        return None

    def _is_newest(self, notice: Notice, at: datetime) -> bool:
        """Of several due rungs to one position only the newest is told; the others go with it."""
        for other in self._facts.by_obligation[notice.obligation]:
            if other.position != notice.position or other.due_at > at:
                continue
            taken_at = self.taken_at(other)
            if (taken_at is None or taken_at > at) and (other.version, other.days) > (notice.version, notice.days):
                return False
        return True

    def _why_held(self, notice: Notice, at: datetime) -> str:
        clock = self._clocks.of(notice.position)
        time_runs_out = notice.latest_by is not None and at <= notice.latest_by < clock.comes_in(at)
        if not clock.is_in(at) and not time_runs_out:
            return "nobody is in"
        if notice.kind != "statutory" and not time_runs_out and self._had_mail(notice, at):
            return "it had its mail that day"
        if self._was_taken_back(notice, at):
            return "its message was taken back"
        if self._is_on_hold(notice, at):
            return "sending was stopped"
        return self._paused(notice, at) or self._waits_for_post(notice, at)

    def _had_mail(self, notice: Notice, at: datetime) -> bool:
        today = self._clocks.of(notice.position).today(at)
        return any(
            mail.local_on == today
            and mail.sealed_at < at
            and mail.state != "withdrawn"
            and (mail.channel == notice.channel or not self._has_own_channel(notice))
            for mail in self._facts.digests_to.get(notice.position, [])
        )

    def _has_own_channel(self, notice: Notice) -> bool:
        """Whether its rung's channel is the way to the position; else any of its mails may have been its turn."""
        position = self._facts.config.positions.get(notice.position)
        moved = any(row["position"] == notice.position for row in self._facts.tables["contacts"])
        address = position.address(notice.channel) if position else None
        return bool(address) and not moved and (notice.channel, address) not in self._facts.refused

    def _was_taken_back(self, notice: Notice, at: datetime) -> bool:
        today = self._clocks.of(notice.position).today(at)
        return any(
            mail.local_on == today and mail.sealed_at <= at and mail.state in ("withdrawn", "refused", "unknown")
            for mail in self._facts.digests_to.get(notice.position, [])
        )

    def _is_on_hold(self, notice: Notice, at: datetime) -> bool:
        post = self._facts.config.posts.get(notice.post or "")
        bureau = post.bureau if post else None
        holds = (one for one in self._facts.holds if one.start <= at and (one.end is None or at < one.end))
        return any(_concerns(hold, notice.post, bureau) for hold in holds)

    def _paused(self, notice: Notice, at: datetime) -> str:
        if notice.days > 0 or notice.kind == "statutory" or notice.alarm:
            return ""
        over_at = self._facts.obligations[notice.obligation].due_at
        said = [
            row["answered_at"]
            for row in self._facts.tables["answers"]
            if row["obligation"] == notice.obligation and row["answer"] == "received" and row["answered_at"] <= at
        ]
        return "the post is at work" if said and at < min(max(said) + _PAUSE, over_at) else ""

    def _waits_for_post(self, notice: Notice, at: datetime) -> str:
        if notice.level == 0 or notice.days < 0 or notice.alarm:
            return ""
        below = [other for other in self._facts.by_obligation[notice.obligation] if other.level == 0]
        own = [one for one in below if one.version == notice.version and one.days <= notice.days and one.due_at <= at]
        if any(_is_pending(one, at) for one in own):
            return "the rung below was not told before"
        if below and not any(one.state in _GONE and not _is_pending(one, at) for one in below):
            return "nobody below was reached"
        tried = [one.decided_at for one in _newest_rung(own) if one.decided_at]
        if not tried:
            return ""
        there, here = self._clocks.at_post(notice.post), self._clocks.of(notice.position)
        late_by = there.today(min(tried)) - there.today(_newest_rung(own)[0].due_at)
        if late_by <= timedelta(0):
            return ""
        day = here.roll(here.today(notice.due_at) + late_by, step=1)
        return "it keeps its distance" if at < here.morning(day) else ""

    def _early(self, notice: Notice, at: datetime) -> str:
        """A lower rung whose outcome was unknown, or that was passed on afterwards, says nothing about that moment."""
        for other in self._facts.by_obligation[notice.obligation]:
            mail = self._facts.mails.get(other.message or "")
            if other.key not in self._promises or (mail and mail.was_unknown):
                return ""
        return self._waits_for_post(notice, at)


def _newest_rung(notices: list[Notice]) -> list[Notice]:
    tried = [one for one in notices if one.state in (*_GONE, "unknown")]
    last = max((one.days for one in tried), default=0)
    return [one for one in tried if one.days == last]


def _is_pending(notice: Notice, at: datetime) -> bool:
    return notice.decided_at is None or notice.decided_at >= at


def _concerns(hold: Hold, post: str | None, bureau: str | None) -> bool:
    if hold.post:
        return hold.post == post
    return hold.bureau is None or hold.bureau == bureau
