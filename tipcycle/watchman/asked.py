"""When had each obligation to be asked, and which plans had it since? From calendar, list, receipts and the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tipcycle.model.keys import instructions_key, obligation_key
from tipcycle.model.obligation import Obligation
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.local_time import Clocks

_LISTED, _REQUEST = "special-watch-list", "action-request"
_INSTRUCTIONS, _ANNUAL = "reporting-instructions", "annual-submission"


@dataclass(frozen=True)
class Plan:
    """A plan version: the planned day, and from when it was in force."""

    version: int
    planned_on: date
    since: datetime


def promised_obligations(facts: Facts) -> Iterator[str]:
    """The key of everything that must be owed by now, asked or not."""
    config, cycle = facts.config, facts.cycle
    if cycle is None:
        return
    listed = {row["iso3"] for table in ("listed", "list_corrections") for row in facts.tables[table]}
    instructed = {post for post in config.posts if instructed_at(facts, post)}
    everybody = _answered(facts, obligation_key(config.report_year, _INSTRUCTIONS, None)) is not None
    for step in config.calendar.steps:
        match step.per:
            case "cycle":
                yield obligation_key(config.report_year, step.id, None)
            case "watch-list country":
                yield from (obligation_key(config.report_year, step.id, iso3) for iso3 in sorted(listed))
            case "country":
                for post in config.posts.values():
                    if everybody or post.id in instructed:
                        yield from (obligation_key(config.report_year, step.id, iso3) for iso3 in post.covers)
    yield from (row["obligation"] for row in facts.tables["clearance_rounds"])
    for row in facts.tables["split_levels"]:
        if facts.done("open-split", key := _split_key(row["report_year"], row["iso3"], row["number"])):
            yield key


def had_to_be_asked(facts: Facts, owed: Obligation) -> list[datetime]:
    """The moments at which it may have been opened, the proper one first; empty if it is not to be asked yet."""
    year, cycle = owed.report_year, facts.cycle
    if owed.step in facts.config.duties:
        rounds = [row["asked_at"] for row in facts.tables["clearance_rounds"] if row["obligation"] == owed.key]
        levels = [
            row["opened_at"]
            for row in facts.tables["split_levels"]
            if _split_key(year, row["iso3"], row["number"]) == owed.key
        ]
        return [*rounds, *levels]
    if cycle is None:
        return []
    step = facts.config.calendar.step(owed.step)
    if step.opens_with is None:
        return [cycle["opened_at"]]
    before = facts.step_of(owed)
    answered = [before.answered_at] if before and before.answered_at and before.standing != "waived" else []
    if owed.step == _ANNUAL:
        instructed = instructed_at(facts, facts.config.post_for(owed.country or "").id)
        return sorted([*([instructed] if instructed else []), *answered])
    if owed.step == _REQUEST:
        added = _added(facts, owed.country)
        first = {row["iso3"] for row in facts.tables["listed"]}
        return [*answered, *added] if owed.country in first else added
    return answered


def plans_of(facts: Facts, owed: Obligation, clocks: Clocks) -> list[Plan]:
    """Its plan versions in order, the first from its asking; a version that nobody decided is left out.

    An entry that came back to the special watch list is planned anew for the day that it had.
    """
    asked = had_to_be_asked(facts, owed)
    plans = [Plan(1, _first_day(facts, owed, clocks), min(asked, default=facts.at))]
    changes: list[tuple[int, datetime, date | None]] = [
        (int(row["details"]["version"]), row["at"], date.fromisoformat(row["details"]["new"]))
        for row in facts.done("change-deadline", owed.key)
    ]
    taken = {version for version, _, _ in changes}
    free = (version for version in range(2, owed.version + 1) if version not in taken)
    per_country = owed.country and facts.config.owed(owed.step) and owed.step not in facts.config.duties
    back = _added(facts, owed.country) if per_country and owed.step != _ANNUAL else []
    changes += [(version, moment, None) for version, moment in zip(free, reversed(back), strict=False)]
    for version, since, planned_on in sorted(changes):
        plans.append(Plan(version, planned_on or plans[-1].planned_on, since))
    return plans


def instructed_at(facts: Facts, post: str) -> datetime | None:
    """When the gateway accepted the reporting instructions of a post, or None."""
    mail = facts.mails.get(instructions_key(facts.config.report_year, post))
    return mail.accepted_at if mail and mail.state == "accepted" else None


def _first_day(facts: Facts, owed: Obligation, clocks: Clocks) -> date:
    config = facts.config
    if owed.step not in config.duties:
        return config.calendar.step(owed.step).planned_on
    moments = had_to_be_asked(facts, owed)
    if not moments:
        return owed.planned_on
    clock = clocks.of(owed.owner)
    return clock.workdays_after(clock.today(moments[0]), config.duties[owed.step].working_days)


def _added(facts: Facts, iso3: str | None) -> list[datetime]:
    """When an entry came to the recorded list by a correction that did not only regroup it."""
    on_it = {row["iso3"] for row in facts.tables["listed"]}
    moments = []
    for row in facts.tables["list_corrections"]:
        if row["list_group"] is None:
            on_it.discard(row["iso3"])
        elif row["iso3"] not in on_it:
            on_it.add(row["iso3"])
            if row["iso3"] == iso3:
                moments.append(row["corrected_at"])
    return moments


def _answered(facts: Facts, key: str) -> datetime | None:
    found = facts.obligations.get(key)
    return found.answered_at if found else None


def _split_key(report_year: int, iso3: str, number: int) -> str:
    return f"obligation:{report_year}:settle-split:{iso3}.{number}"
