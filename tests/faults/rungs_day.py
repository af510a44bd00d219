"""A real cycle over its deadline while mail and Slack fail: does each post hear before anybody above it does?"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.faults.ledger import listed_as_unknown
from tests.receivers.faults import Fault, Plan, draw
from tests.receivers.mail import FaultyMailbox
from tests.receivers.web import FaultySlack, WebFault
from tests.smoke.story import YEAR, story, utc
from tests.smoke.watched_story import settle_everything
from tipcycle.model.notice import Notice
from tipcycle.operations.watchman import watchman
from tipcycle.settings import settings
from tipcycle.store import Store

_FIRST, _LAST = utc("2009-11-12 00:00"), utc("2009-12-02 22:00")
_WEB: dict[str, WebFault] = {"#tip-af": "too many", "#tip-eur": "away", "#tip-eap": "stall at the end"}
_SHARES: dict[Fault, int] = {"busy": 12, "gone": 8, "hang up": 8, "full": 6, "drop": 6, "lose": 4}


@dataclass(frozen=True)
class RungsDay:
    """Lines, one for each fault of ours; nothing where all is well."""

    accepted: int
    came_about: Counter[str]
    unknown: set[str]
    injected: set[str]
    out_of_order: list[str]
    doubled: set[str]
    unreached: list[str]
    watchman: list[str]


def play_rungs_day(folder: Path, ledger: Path, *, seed: int, every: timedelta) -> RungsDay:
    """From three days before the deadline until a fortnight after it; mail is busy for two days around it."""
    with Store.read(f"sqlite:///{ledger}") as store:
        posts = sorted({str(one.post) for one in store.obligations.of_cycle(YEAR, step="progress-report")})
    officers = [f"{post}.{seat}@posts.example" for post in posts for seat in ("action-officer", "alternate")]
    plan = draw(officers, _SHARES, seed=seed)
    mailbox = FaultyMailbox(folder / "mails", plan)
    slack = FaultySlack(folder / "slack", _WEB, stall_seconds=6)
    with story(folder, ledger=ledger, mailbox=mailbox, slack=slack) as cycle:
        os.environ["TIPCYCLE_SEND_TIMEOUT_SECONDS"] = "2"
        at = _FIRST
        while at <= _LAST:
            mailbox.busy = utc("2009-11-14 00:00") < at < utc("2009-11-16 18:00")
            cycle.tick(at)
            at += every
        unknown, out_of_order, unreached = set(listed_as_unknown()), list(_out_of_order()), list(_unreached(plan))
        settle_everything(at)
        return RungsDay(
            accepted=sum(cycle.sent().values()),
            came_about=Counter({str(fault): times for fault, times in (mailbox.done + slack.faults.done).items()}),
            unknown=unknown,
            injected=mailbox.unknowable | slack.faults.unknowable,
            out_of_order=out_of_order,
            doubled={key for key, times in cycle.sent().items() if times > 1} - unknown,
            unreached=unreached,
            watchman=[one.line for one in watchman(YEAR, at).watch.differences],
        )


def _out_of_order() -> Iterator[str]:
    """Rungs to one position in the order of their days; none above the post before one to the post was decided."""
    by_obligation: dict[str, list[Notice]] = defaultdict(list)
    with Store.read(settings().ledger_url) as store:
        for notice in store.notices.of_cycle(YEAR):
            if notice.state in ("sent", "unknown", "failed"):
                by_obligation[notice.obligation].append(notice)
    for notices in by_obligation.values():
        yield from _wrong_of(notices)


def _wrong_of(notices: list[Notice]) -> Iterator[str]:
    latest: dict[str, Notice] = {}
    for notice in sorted(notices, key=lambda one: (_decided(one), one.days)):
        before = latest.get(notice.position)
        if before and before.days > notice.days:
            yield f"{notice.key} after {before.key}"
        latest[notice.position] = notice
    post = [_decided(one) for one in notices if one.level == 0]
    for notice in notices:
        above = notice.level > 0 and notice.days > 0 and not notice.alarm and notice.state == "sent"
        if above and (not post or min(post) > _decided(notice)):
            yield f"{notice.key} before any rung to the post"


def _decided(notice: Notice) -> datetime:
    assert notice.decided_at, notice.key
    return notice.decided_at


def _unreached(plan: Plan) -> Iterator[str]:
    """Posts whose action officer's box is gone, and whose alternate was not told in the very tick that found out."""
    gone = {address.removesuffix("@posts.example") for address, fault in plan.items() if fault == "gone"}
    with Store.read(settings().ledger_url) as store:
        refused = store.addresses.refused()
        notices = store.notices.of_cycle(YEAR)
    told = {(one.obligation, one.days, one.position): one for one in notices if one.state in ("sent", "failed")}
    for seat in sorted(gone):
        if ("email", f"{seat}@posts.example") not in refused:
            yield f"{seat} is not marked"
        for one in notices:
            if one.position != seat or one.state != "failed":
                continue
            passed_to = one.reason.rpartition(" ")[2]
            heir = told.get((one.obligation, one.days, passed_to))
            if f"{passed_to}@posts.example" in plan:
                continue  # whose own box fails too
            if heir is None or heir.decided_at != one.decided_at:
                yield f"{one.key}: {one.reason}, who was not told in the same tick"
