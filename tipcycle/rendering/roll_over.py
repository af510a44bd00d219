"""How does a person read what changes from a cycle to the next? The whole as Markdown, and a few lines of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tipcycle.model.counted import counted_of
from tipcycle.model.moment import iso
from tipcycle.model.plan import year_asked
from tipcycle.rendering.templates import render
from tipcycle.rollover.roll_over import RollOver


@dataclass(frozen=True)
class Signed:
    """Who signed it, and when."""

    by: str
    at: datetime


def render_roll_over(diff: RollOver, *, templates: Path, signed: Signed | None = None) -> str:
    """The whole, in the order in which a director needs it."""
    again = [one for one in diff.carried_on if one.asked_again]
    return render(
        templates,
        "roll_over.md.j2",
        diff=diff,
        hash=diff.hash,
        signed={"by": signed.by, "at": iso(signed.at)} if signed else None,
        again=again,
        asked={one.year_asked: year_asked(one.year_asked) for one in again},
    )


def roll_over_lines(diff: RollOver) -> list[str]:
    """A line a section: how many of what, and the names where they are few."""
    again = [one for one in diff.carried_on if one.asked_again]
    oldest = max((one.year_asked for one in again), default=0)
    watch_list, contacts = diff.watch_list, diff.contacts
    if watch_list.known:
        told = f"{len(watch_list.stays)} stay, {len(watch_list.joins)} join, {len(watch_list.leaves)} leave"
    else:
        told = f"not known, config/placements has no {diff.report_year} Report"
    lines = [f"special watch list: {told}"]
    if diff.told_differently:
        lines.append(f"placements told differently by config and ledger: {len(diff.told_differently)}")
    lines.append(
        f"recommendations carried on: {len(again)}" + (f", the oldest in its {year_asked(oldest)}" if again else "")
    )
    lines += [f"law: {one.parameter} since {one.since}: {one.before or 'nothing'} → {one.now}" for one in diff.law]
    lines += [f"day off: {one.step} is planned on {one.planned_on}, {one.day_off}" for one in diff.dates if one.day_off]
    lines += [f"post: {one.name}, {one.what}: {one.before} → {one.now}" for one in diff.posts]
    lines += [f"ladder: {one.name}: {one.before} → {one.now}" for one in diff.ladders]
    refused = counted_of(len(contacts.refused), "position")
    lines.append(
        f"contacts: {len(contacts.old)} a year old or older, {refused} with a refused address, "
        f"{len(contacts.undated)} more without a date"
    )
    lines.append(f"still missing: {counted_of(len(diff.missing), 'obligation')}")
    return [*lines, *(f"released: {one}" for one in diff.released)]
