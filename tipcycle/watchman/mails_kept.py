"""Did every message go out once, to somebody, and only one digest to a position, channel and day?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tipcycle.model.keys import deadline_key
from tipcycle.model.moment import iso
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts, Mail
from tipcycle.watchman.local_time import Clocks

# A tick stamps with the moment at which it began, and may carry what a person sealed after that.
_A_TICK = timedelta(days=1)


def look_at_mails(facts: Facts, clocks: Clocks) -> Iterator[Difference]:
    """Differences in order of key, those of several messages last."""
    for key, mail in sorted(facts.mails.items()):
        for what in _wrong(facts, mail, clocks):
            yield Difference("unknown" if mail.state == "unknown" else "message", key, what)
    yield from _told_twice(facts)
    yield from _doubled(facts, clocks)
    for (act, about), rows in sorted(facts.deeds.items()):
        owed = facts.obligations.get(about)
        if act != "change-deadline" or owed is None:
            continue
        for row in rows:
            told = deadline_key(about, int(row["details"]["version"]))
            if owed.opened_at and owed.opened_at < row["at"] and told not in facts.mails:
                yield Difference(
                    "nobody told", about, f"its deadline was changed on {iso(row['at'])}, and nobody was told"
                )


def _wrong(facts: Facts, mail: Mail, clocks: Clocks) -> Iterator[str]:
    clock = clocks.of(mail.position)
    if not mail.address.strip():
        yield "is addressed to nobody"
    if mail.state == "accepted" and mail.accepted_at is None:
        yield "was accepted without a moment"
    if mail.accepted_at and mail.accepted_at < mail.sealed_at - _A_TICK:
        yield "was accepted before it was sealed"
    if mail.digest and mail.local_on != clock.today(mail.sealed_at):
        yield f"was sealed on {iso(mail.sealed_at)}, which is not the {mail.local_on} of {mail.position}"
    if mail.digest and mail.state == "accepted" and not facts.carried.get(mail.key):
        yield "went out and carries no notice"
    for notice in facts.carried.get(mail.key, []):
        if mail.state == "accepted" and notice.state != "sent":
            yield f"was accepted, and {notice.key} is {notice.state}"
    if mail.state == "unknown":
        yield "nobody knows whether it arrived; decide: form settle-unknown, or tipcycle settle"
    if mail.state == "refused" and mail.obligation:
        yield f"was refused ({mail.reason}); decide: form settle-unknown, or tipcycle settle"
    tick = facts.last_tick_at
    if mail.state in ("sealed", "sending") and tick and tick > mail.sealed_at + timedelta(days=1):
        yield f"was sealed on {iso(mail.sealed_at)} and is not out"


def _told_twice(facts: Facts) -> Iterator[Difference]:
    by_id: dict[str, list[str]] = defaultdict(list)
    for mail in facts.mails.values():
        by_id[mail.message_id].append(mail.key)
    for keys in by_id.values():
        if len(keys) > 1:
            yield Difference("message", min(keys), f"has the Message-ID of {max(keys)}")
    for (act, about), rows in sorted(facts.deeds.items()):
        if act == "send" and len(rows) > 1:
            yield Difference("message", about, f"was accepted {len(rows)} times")


def _doubled(facts: Facts, clocks: Clocks) -> Iterator[Difference]:
    """Whatever is sealed beside a digest that stands must be statutory, or its time must run out before the morning."""
    standing: dict[tuple[str, str, date], str] = {}
    for position, mails in sorted(facts.digests_to.items()):
        clock = clocks.of(position)
        for mail in mails:
            if mail.state == "withdrawn":
                continue
            first = standing.setdefault((position, mail.channel, mail.local_on), mail.key)
            if first == mail.key:
                continue
            morning = clock.comes_in(mail.sealed_at)
            for notice in facts.carried.get(mail.key, []):
                runs_out = notice.latest_by is not None and mail.sealed_at <= notice.latest_by < morning
                if notice.kind != "statutory" and not runs_out:
                    yield Difference(
                        "doubled digest", mail.key, f"went beside {first} on one day, and could have waited"
                    )
                    break
