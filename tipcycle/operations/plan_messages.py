"""What is owed now? Seal every message owed at `at`; the tick's one question, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tipcycle.model.message import Message, WaitingDigest
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.operations.answer_links import answer_link
from tipcycle.operations.ask_clearance import ask_whatever_waits
from tipcycle.operations.bureau_digest import seal_bureau_digests
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.fill_in_codes import without_over_codes
from tipcycle.operations.hand_out_workbooks import workbook_links, workbooks_to_attach
from tipcycle.operations.holds_in_force import holds_of, without_held
from tipcycle.operations.leases import keyed_channels, settle_dead_leases
from tipcycle.operations.missing_clearance import missing_clearance
from tipcycle.operations.read_holds import statutory_held
from tipcycle.operations.rebuild_releases import rebuild_after_a_crash, releases_to_verify
from tipcycle.operations.request_drafts import STEP
from tipcycle.operations.roll_call import seal_roll_call
from tipcycle.operations.rounds_to_tell import rounds_to_tell
from tipcycle.operations.splits_to_tell import splits_to_tell
from tipcycle.operations.what_posts_ask import wrong_office_line, wrong_offices
from tipcycle.operations.withdraw_stale import withdraw_stale
from tipcycle.reminders.decide_messages import Decision, Digest, Situation, decide_messages
from tipcycle.rendering.digest import render_digest
from tipcycle.rendering.digest_line import DigestFacts
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.clearances import Stamp
from tipcycle.store.cycles import CycleRow

BATCH = 200  # messages a task of Prefect, which costs as much as sending fifty
_NEXT_LOOK = timedelta(hours=1)  # the hourly tick


@dataclass(frozen=True)
class MessagePlan:
    """Keys to deliver, oldest first, in batches; `at` is the tick's moment, never before the last tick's.

    `wake_at`: when something held back now may go (None: nothing is held); `known_wake_at` leaves out what only another
    message can set free. `unreachable`: notices for which
    nobody has a valid address. `wrong_offices`: lines about posts that say so and that nobody saw to.
    `lost_releases`: lines about released files that are gone and cannot be made again. `held_back`: a line for each
    rung of a statutory day that a hold keeps back.
    """

    at: datetime
    batches: tuple[tuple[str, ...], ...] = ()
    wake_at: datetime | None = None
    known_wake_at: datetime | None = None
    unreachable: tuple[str, ...] = ()
    wrong_offices: tuple[str, ...] = ()
    lost_releases: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()


def plan_messages(at: datetime) -> MessagePlan:
    """Seal what is owed at `at` in every open cycle; return everything that is not delivered yet.

    Asked again at the same moment it returns what came up since: what a refusal passed on, nothing twice.
    """
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        stamp = store.clearances.stamp()
        plan = plan_within(store, at, stamp)
        released = releases_to_verify(store, stamp)
    return replace(plan, lost_releases=tuple(rebuild_after_a_crash(released)))


def plan_within(store: Store, at: datetime, stamp: Stamp) -> MessagePlan:
    """The same inside a transaction that is open already: all but the look at released files. It does not commit."""
    moment = store.tick(at)
    opened = [cycle for cycle in store.cycles.all() if cycle.closed_at is None]
    ask_whatever_waits(store, [cycle.report_year for cycle in opened], stamp, moment)
    return MessagePlan(moment) if store.nothing_to_do(moment) else _plan(store, opened, moment)


def _plan(store: Store, opened: Sequence[CycleRow], at: datetime) -> MessagePlan:
    settle_dead_leases(store, at)
    keyed = keyed_channels()
    owed, waiting = store.notices.owed(at), store.messages.waiting_digests(honours_key=keyed)
    # A cycle of which nothing is owed needs no config.
    busy = {one.report_year for one in owed} | {one.report_year for one in waiting}
    decisions = [
        _plan_cycle(store, with_contacts(store, context(cycle.report_year), at), waiting, at=at)
        for cycle in opened
        if cycle.report_year in busy
    ]
    calls = [
        seal_roll_call(store, with_contacts(store, context(cycle.report_year), at), at)
        for cycle in opened
        if cycle.listed_at is None
    ]
    told = [
        seal_bureau_digests(store, with_contacts(store, context(year), at), at)
        for year in store.cycles.with_bureaus_to_tell(at)
    ]
    wrong = wrong_offices(store, [cycle.report_year for cycle in opened])
    known = [held.until for decision in decisions for held in decision.held]
    undelivered = without_over_codes(store, store.messages.undelivered(at, honours_key=keyed), at=at)
    keys = without_held(store, undelivered, at)
    return MessagePlan(
        at=at,
        batches=tuple(tuple(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH)),
        wake_at=min((one for one in (_wake(decisions, at), *calls, *told) if one), default=None),
        known_wake_at=min((one for one in (*known, *calls, *told) if one), default=None),
        unreachable=tuple(notice.key for decision in decisions for notice in decision.unreachable),
        wrong_offices=tuple(wrong_office_line(answer) for answer in wrong),
        held_back=tuple(
            line
            for cycle in opened
            if cycle.report_year in busy
            for line in statutory_held(store, context(cycle.report_year), at)
        ),
    )


def _plan_cycle(store: Store, cycle: Context, waiting: Sequence[WaitingDigest], *, at: datetime) -> Decision:
    withdraw_stale(store, cycle, waiting, at=at)
    situation = situation_at(store, cycle, at)
    decision = decide_messages(situation, config=cycle.config, places=cycle.places)
    _drop_and_pass_on(store, decision, at)
    if decision.digests:
        facts = _facts(store, cycle, situation, decision)
        for digest in decision.digests:
            _seal(store, cycle, digest, facts, at)
    return decision


def situation_at(store: Store, cycle: Context, at: datetime) -> Situation:
    """What the ledger says of one cycle at `at`, for the decision."""
    owed = [one for one in store.notices.owed(at) if one.report_year == cycle.config.report_year]
    keys = {notice.obligation for notice in owed}
    history: dict[str, list[Notice]] = defaultdict(list)
    for notice in store.notices.of_obligations(keys) if keys else []:
        history[notice.obligation].append(notice)
    return Situation(
        at=at,
        owed=tuple(owed),
        obligations=store.obligations.by_key(keys) if keys else {},
        history={key: tuple(history[key]) for key in keys},
        sealed={key: (sealed.standing, sealed.highest_n) for key, sealed in store.messages.days(at).items()},
        refused=store.addresses.refused(),
        answers=store.answers.of_obligations(keys),
        holds=holds_of(store, cycle.config.report_year, at),
    )


def _drop_and_pass_on(store: Store, decision: Decision, at: datetime) -> None:
    store.notices.decide([one.key for one in decision.dropped], "cancelled", reason="answered", at=at)
    for handed in decision.handed_over:
        store.notices.decide([handed.notice.key], "failed", reason=handed.reason, at=at)
        older = decision.left_behind.get(handed.notice.key, ())
        reason = f"superseded by {handed.notice.key}"
        store.notices.decide([one.key for one in older], "superseded", reason=reason, at=at)
        if handed.to:
            store.notices.add([handed.to])


def _facts(store: Store, cycle: Context, situation: Situation, decision: Decision) -> DigestFacts:
    told = {notice.obligation for digest in decision.digests for notice in digest.notices}
    by_country: dict[str, list[Obligation]] = defaultdict(list)
    countries = {situation.obligations[key].country or "" for key in told}
    for other in store.obligations.of_countries(cycle.config.report_year, countries):
        by_country[other.country or ""].append(other)
    siblings: dict[str, Sequence[Obligation]] = {
        key: by_country.get(situation.obligations[key].country or "", ()) for key in told
    }
    requests = {
        key: situation.obligations[key].country or "" for key in told if situation.obligations[key].step == STEP
    }
    missing = missing_clearance(store, cycle, sorted(requests.values()))
    uncleared = {key: missing[iso3] for key, iso3 in requests.items() if iso3 in missing}
    owed = [situation.obligations[key] for key in sorted(told)]
    return DigestFacts(
        situation.obligations,
        situation.history,
        siblings,
        situation.answers,
        uncleared=uncleared,
        to_clear=rounds_to_tell(store, cycle, owed),
        to_settle=splits_to_tell(store, cycle, owed),
    )


def _seal(store: Store, cycle: Context, digest: Digest, facts: DigestFacts, at: datetime) -> Message:
    recipient = cycle.config.positions[digest.position]
    told = [facts.obligations[notice.obligation] for notice in digest.notices]
    links = {one.key: answer_link(cycle.settings, one, recipient, at=at) for one in told}
    facts = replace(
        facts,
        links=links,
        workbook_links=workbook_links(cycle.settings, told, links),
        workbooks=workbooks_to_attach(cycle, told, recipient),
    )
    message = render_digest(
        digest,
        facts,
        config=cycle.config,
        places=cycle.places,
        templates=cycle.templates,
        ui_url=cycle.settings.ui_url,
        at=at,
    )
    store.messages.seal(message)
    store.notices.queue([notice.key for notice in digest.notices], message.key)
    for newest, older in digest.replaced.items():
        keys = [notice.key for notice in older]
        store.notices.decide(keys, "superseded", reason=f"superseded by {newest}", at=at)
    return message


def _wake(decisions: Sequence[Decision], at: datetime) -> datetime | None:
    moments = [held.until or at + _NEXT_LOOK for decision in decisions for held in decision.held]
    return min(moments, default=None)
