"""Send each entry of the special watch list its action request, once, from its planned day on.

Source: 09 STATE 97909 (the cable of 21 September 2009), paras 1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tipcycle.model.counted import counted_of
from tipcycle.model.keys import obligation_key, request_key
from tipcycle.model.message import Message
from tipcycle.model.moment import day
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.deliver import DeliveryReport, deliver
from tipcycle.operations.holds_in_force import held_in
from tipcycle.operations.list_now import not_recorded
from tipcycle.operations.request_drafts import STEP, drafts_of, unsent_among, unsent_countries
from tipcycle.store import Store

_SETTLE = "form settle-unknown, or tipcycle settle"


@dataclass(frozen=True)
class OwedRequests:
    """Countries to ask now, by post in order of its id; `line` says how things stand.

    `uncleared` are owed too, and wait: each with the reason, in order of iso3.
    """

    line: str
    by_post: tuple[tuple[str, tuple[str, ...]], ...] = ()
    uncleared: tuple[tuple[str, str], ...] = ()

    @property
    def countries(self) -> int:
        """How many requests are owed."""
        return sum(len(countries) for _, countries in self.by_post)


def owed_requests(report_year: int, at: datetime) -> OwedRequests:
    """Which action requests are owed at `at`: planned, and not yet accepted by the gateway."""
    cycle = context(report_year)
    planned = cycle.config.calendar.step(STEP).planned_on
    if cycle.places.washington.local_date(at) < planned:
        return OwedRequests(f"not before {day(planned)}")
    with Store.read(cycle.settings.ledger_url) as store:
        known = store.cycles.find(report_year)
        if known is None or known.listed_at is None:
            return OwedRequests(not_recorded(cycle))
        if known.closed_at:
            return OwedRequests(f"cycle {report_year} is closed")
        owed = [
            one.country
            for one in store.obligations.of_cycle(report_year, step=STEP)
            if one.country and one.standing == "missing"
        ]
        drafts = drafts_of(store, cycle, unsent_countries(store, report_year))
        held = held_in(store, cycle, at)
    if not owed:
        return OwedRequests("every action request is out; nothing owed")
    uncleared = {iso3: draft.standing.because for iso3, draft in drafts.items() if draft.standing.standing != "cleared"}
    on_hold = [iso3 for iso3 in owed if _recipient(cycle, iso3) in held]
    by_post: dict[str, list[str]] = {}
    for iso3 in owed:
        if iso3 not in uncleared and iso3 not in on_hold:
            by_post.setdefault(cycle.config.post_for(iso3).id, []).append(iso3)
    waiting = (
        f", {len(uncleared)} of them {'waits' if len(uncleared) == 1 else 'wait'} for clearance" if uncleared else ""
    )
    waiting += f", {len(on_hold)} of them to posts that are on hold" if on_hold else ""
    unfit = [
        f"; {iso3} waits, {one.standing.because}" for iso3, one in drafts.items() if one.standing.standing == "not fit"
    ]
    return OwedRequests(
        f"{counted_of(len(owed), 'action request')} owed{waiting}{''.join(unfit)}",
        tuple((post, tuple(sorted(countries))) for post, countries in sorted(by_post.items())),
        tuple(sorted(uncleared.items())),
    )


async def send_action_requests(report_year: int, countries: tuple[str, ...], at: datetime) -> DeliveryReport:
    """Seal and send the cleared requests of one post's countries; one that went out before is left alone.

    What is not cleared or is on hold at this very moment is not sealed, whatever `owed_requests` saw.
    """
    keys, stuck = seal_action_requests(report_year, countries, at)
    report = await deliver(keys, at)
    report.problems += [f"{one.key}: {one.state} before: {one.reason}; decide: {_SETTLE}" for one in stuck]
    return report


def seal_action_requests(report_year: int, countries: tuple[str, ...], at: datetime) -> tuple[list[str], list[Message]]:
    """Seal those requests; return the keys to deliver, and what waits for a person."""
    cycle = context(report_year)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        stuck = store.messages.left_to_a_person([request_key(report_year, iso3) for iso3 in countries])
        drafts = drafts_of(store, cycle, unsent_among(store, report_year, countries))
        reached = with_contacts(store, cycle, at)
        held = held_in(store, cycle, at)
        for iso3, draft in drafts.items():
            if draft.standing.standing == "cleared" and _recipient(cycle, iso3) not in held:
                store.messages.seal(_message(reached, iso3, draft.cable.subject, draft.cable.text, at))
        waiting = {iso3 for iso3, draft in drafts.items() if draft.standing.standing != "cleared"}
    return [request_key(report_year, iso3) for iso3 in countries if iso3 not in waiting], stuck


def _recipient(cycle: Context, iso3: str) -> str:
    return f"{cycle.config.post_for(iso3).id}.action-officer"


def _message(cycle: Context, iso3: str, subject: str, text: str, at: datetime) -> Message:
    post = cycle.config.post_for(iso3)
    position = cycle.config.positions[_recipient(cycle, iso3)]
    key = request_key(cycle.config.report_year, iso3)
    return Message(
        key=key,
        report_year=cycle.config.report_year,
        position=position.id,
        channel="cable",
        address=position.address("cable") or post.designator,
        local_on=cycle.places.of_post(post).local_date(at),
        n=0,
        subject=subject,
        body=text,
        sealed_at=at,
        message_id=f"<{key.replace(':', '.')}@tipcycle.example>",
        obligation=obligation_key(cycle.config.report_year, STEP, iso3),
    )
