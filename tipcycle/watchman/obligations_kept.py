"""Is everything owed that must be, asked when it had to be, due on its day, and standing as what came in says?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.keys import receipt_key, request_key
from tipcycle.model.moment import iso
from tipcycle.model.obligation import Obligation
from tipcycle.watchman.asked import had_to_be_asked, instructed_at, plans_of, promised_obligations
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.local_time import Clocks


def look_at_obligations(facts: Facts, clocks: Clocks) -> Iterator[Difference]:
    """Differences in order of key, the missing ones first."""
    promised = set(promised_obligations(facts))
    for key in sorted(promised - facts.obligations.keys()):
        yield Difference("missing obligation", key, "must be owed and is not in the ledger")
    for key, owed in sorted(facts.obligations.items()):
        if key not in promised:
            yield Difference("unpromised obligation", key, "neither calendar nor list nor log asks for it")
            continue
        yield from _asked(facts, owed)
        yield from _planned(facts, owed, clocks)
        yield from _stands(facts, owed)


def _asked(facts: Facts, owed: Obligation) -> Iterator[Difference]:
    moments = had_to_be_asked(facts, owed)
    dropped = owed.standing == "waived"
    if owed.opened_at is None and moments and not dropped and not (facts.cycle or {}).get("closed_at"):
        yield Difference("altered obligation", owed.key, f"had to be asked on {iso(moments[0])} and was not opened")
    elif owed.opened_at and owed.opened_at not in moments:
        proper = f"had to be asked on {iso(moments[0])}" if moments else "was not to be asked yet"
        yield Difference("altered obligation", owed.key, f"was opened on {iso(owed.opened_at)} and {proper}")


def _planned(facts: Facts, owed: Obligation, clocks: Clocks) -> Iterator[Difference]:
    plans = plans_of(facts, owed, clocks)
    if plans[-1].version != owed.version:
        yield Difference(
            "altered obligation", owed.key, f"has plan {owed.version}; the log decided plan {plans[-1].version}"
        )
        return
    for name, found, wanted in (
        ("first planned for", owed.original_on, plans[0].planned_on),
        ("planned for", owed.planned_on, plans[-1].planned_on),
        ("due at", owed.due_at, clocks.at_post(owed.post).last_second(plans[-1].planned_on)),
    ):
        if found != wanted:
            yield Difference("altered obligation", owed.key, f"is {name} {found}, and had to be {wanted}")


def _stands(facts: Facts, owed: Obligation) -> Iterator[Difference]:
    came = [row for row in facts.tables["submissions"] if row["obligation"] == owed.key]
    first = min((row["received_at"] for row in came), default=None)
    if owed.step == "action-request":
        mail = facts.mails.get(request_key(owed.report_year, owed.country or ""))
        first = mail.accepted_at if mail and mail.state == "accepted" else None
    if owed.step == "special-watch-list" and facts.cycle:
        first = facts.cycle["listed_at"]
    proven = owed.post is not None or owed.step in ("action-request", "special-watch-list")
    answered = owed.standing in ("received", "nil")
    if first and not answered:
        yield Difference("altered obligation", owed.key, f"was answered on {iso(first)} and stands as {owed.standing}")
    elif answered and owed.answered_at is None:
        yield Difference("altered obligation", owed.key, f"stands as {owed.standing} without a day")
    elif proven and answered and owed.answered_at != first:
        told = f"came in on {iso(first)}" if first else "nothing came in"
        day = iso(owed.answered_at) if owed.answered_at else "no day"
        yield Difference("altered obligation", owed.key, f"stands as {owed.standing} since {day}, and {told}")
    if owed.standing == "waived" and not _was_waived(facts, owed):
        yield Difference("altered obligation", owed.key, "stands as waived, and nobody waived it")
    for row in came:
        if receipt_key(owed.key, row["version"]) not in facts.mails:
            yield Difference("nobody told", owed.key, f"version {row['version']} came in and has no receipt")


def _was_waived(facts: Facts, owed: Obligation) -> bool:
    dropped = any(row["iso3"] == owed.country and row["list_group"] is None for row in facts.tables["list_corrections"])
    return dropped or bool(facts.done("waive-obligation", owed.key) or facts.done("split-withdrawn", owed.key))


def look_at_steps(facts: Facts, clocks: Clocks) -> Iterator[Difference]:
    """Steps of the Department that are tipcycle's own work, owed for more than a day and not done."""
    config, cycle = facts.config, facts.cycle
    today = clocks.at_post(None).today(facts.at)
    if cycle is None:
        if (today - config.calendar.opens_on).days > 1:
            yield Difference("step owed", "open-cycle", f"is owed since {config.calendar.opens_on} and was not done")
        return
    if cycle["closed_at"]:
        return
    undone = {one.step: one for one in facts.obligations.values() if one.standing == "missing" and one.country is None}
    for step_id in ("special-watch-list", "reporting-instructions", "interim-draft", "full-draft"):
        step = config.calendar.step(step_id)
        owed = undone.get(step_id)
        planned = owed.planned_on if owed else step.planned_on
        if owed is None or (today - planned).days <= 1:
            continue
        left = ""
        if step_id == "reporting-instructions":
            left = f"; {sum(instructed_at(facts, post) is None for post in config.posts)} posts have none"
        yield Difference("step owed", step_id, f"is owed since {planned} and was not done{left}")
    planned = config.calendar.step("action-request").planned_on
    if (today - planned).days > 1:
        for iso3 in facts.cleared_unsent:
            yield Difference(
                "step owed", f"action-request {iso3}", f"is owed since {planned}, stands cleared and is not out"
            )
