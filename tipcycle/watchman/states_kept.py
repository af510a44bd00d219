"""Is what became of each notice founded? A state needs the fact that it says: a receipt, an answer, a newer rung."""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.model.moment import iso
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.watchman.difference import Difference
from tipcycle.watchman.facts import Facts

_PENDING = ("owed", "queued")


def look_at_states(facts: Facts) -> Iterator[Difference]:
    """Differences in order of key."""
    for key, notice in sorted(facts.notices.items()):
        owed = facts.obligations.get(notice.obligation)
        if owed is None:
            yield Difference("unfounded", key, f"tells of {notice.obligation}, which is not owed")
        elif notice.state == "unknown":
            yield Difference(
                "unknown", key, "nobody knows whether it arrived; decide: form settle-unknown, or tipcycle settle"
            )
        elif notice.state not in _PENDING and notice.decided_at is None:
            yield Difference("unfounded", key, f"is {notice.state} without a day")
        elif why := _unfounded(facts, notice, owed):
            yield Difference("unfounded", key, f"is {notice.state}, and {why}")


def _unfounded(facts: Facts, notice: Notice, owed: Obligation) -> str:
    match notice.state:
        case "owed" | "queued":
            return _pending(facts, notice, owed)
        case "sent":
            return _sent(facts, notice, owed)
        case "superseded":
            return _superseded(facts, notice)
        case "cancelled":
            return _cancelled(facts, notice, owed)
        case "waived":
            waived = facts.done("waive-obligation", owed.key) or facts.done("split-withdrawn", owed.key)
            return "" if waived else "nobody waived what it tells of"
        case "failed":
            return _failed(facts, notice)
    return ""


def _pending(facts: Facts, notice: Notice, owed: Obligation) -> str:
    mail = facts.mails.get(notice.message or "")
    if notice.state == "owed" and notice.decided_at is not None:
        return f"was decided on {iso(notice.decided_at)}"
    if notice.state == "queued" and (mail is None or mail.state not in ("sealed", "sending", "unknown")):
        return f"its message is {mail.state}" if mail else "its message is not in the ledger"
    if mail and (mail.state in ("sending", "unknown") or facts.carried_only_partly(mail.key)):
        return ""  # on its way when the rest was decided: the next tick takes it back
    if facts.cycle and facts.cycle["closed_at"]:
        return "its cycle is closed"
    if notice.version != owed.version:
        return "its plan was replaced"
    answered = owed.standing in ("received", "nil") and owed.answered_at and owed.opened_at
    if answered and owed.answered_at and owed.opened_at and owed.answered_at >= owed.opened_at:
        return f"what it tells of stands as {owed.standing}"
    if owed.standing == "waived" and any(
        owed.opened_at and row["at"] >= owed.opened_at for row in facts.done("waive-obligation", owed.key)
    ):
        return "what it tells of stands as waived"
    return ""


def _sent(facts: Facts, notice: Notice, owed: Obligation) -> str:
    mail = facts.mails.get(notice.message or "")
    if mail is None:
        return "its message is not in the ledger"
    if mail.state != "accepted":
        return f"its message {mail.key} is {mail.state}"
    if mail.position != notice.position:
        return f"its message went to {mail.position}"
    if mail.accepted_at != notice.decided_at:
        return "its message was accepted at another moment"
    if mail.sealed_at < notice.due_at:
        return f"its message was sealed on {iso(mail.sealed_at)}, before it fell due"
    if owed.answered_at and owed.answered_at < mail.sealed_at and owed.opened_at and owed.answered_at > owed.opened_at:
        return f"what it tells of was answered on {iso(owed.answered_at)}, before it was written"
    return ""


def _superseded(facts: Facts, notice: Notice) -> str:
    newer = facts.notices.get(notice.reason.removeprefix("superseded by "))
    if newer is None:
        return "nothing in the ledger took its place"
    same = (newer.obligation, newer.position) == (notice.obligation, notice.position)
    if not same or (newer.version, newer.days) <= (notice.version, notice.days):
        return f"{newer.key} is no newer rung to the same position"
    if notice.decided_at and newer.due_at > notice.decided_at:
        return f"{newer.key} was not due yet"
    return ""


def _cancelled(facts: Facts, notice: Notice, owed: Obligation) -> str:
    why = notice.reason.split(";")[0]
    dropped = [
        row["corrected_at"]
        for row in facts.tables["list_corrections"]
        if row["iso3"] == owed.country and row["list_group"] is None
    ]
    match why:
        case "answered":
            founded = owed.standing != "missing" or bool(dropped)
            if founded and owed.answered_at and notice.decided_at and notice.decided_at < owed.answered_at:
                return f"the answer came only on {iso(owed.answered_at)}"
        case "waived":
            founded = bool(facts.done("waive-obligation", owed.key)) or bool(dropped)
        case "replanned":
            founded = notice.version < owed.version
        case "withdrawn":
            founded = notice.decided_at in dropped
        case "closed":
            founded = bool(facts.done("close-cycle", f"cycle:{owed.report_year}"))
        case _:
            return f'nothing is known of the reason "{notice.reason}"'
    return "" if founded else f'nothing bears out the reason "{why}"'


def _failed(facts: Facts, notice: Notice) -> str:
    others = facts.by_obligation[notice.obligation]
    above = [one for one in others if (one.version, one.days) == (notice.version, notice.days) and one is not notice]
    if not above:
        return "nobody was told in its place"
    if not _unreachable(facts, notice.position):
        return "no address of its position was ever refused"
    return ""


def _unreachable(facts: Facts, position: str) -> bool:
    known = facts.config.positions.get(position)
    addresses = set(known.addresses) if known else set()
    for row in facts.tables["contacts"]:
        if row["position"] == position:
            stand_in = facts.config.positions.get(row["delegate"])
            addresses |= {(row["channel"], row["address"])} | (set(stand_in.addresses) if stand_in else set())
    reminding = {one for one in addresses if one[0] in ("email", "slack") and one[1]}
    return not reminding or bool(reminding & facts.refused)
