"""What goes out next, told for people and as plain values? From the preview's messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tipcycle.config.find_post import find_post
from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.moment import iso, local
from tipcycle.operations.context import Context, context
from tipcycle.operations.preview_messages import NOT_FORESEEN, Planned, preview_messages
from tipcycle.settings import settings
from tipcycle.store import Store

MOST_DAYS = 92
_MOST_TEXTS = 50  # of an artifact: hundreds are more than a page can show


def read_preview(
    report_year: int | None,
    *,
    days: int,
    at: datetime,
    post: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """The messages of one cycle (the latest, if none is named) for so many days from `at`; of one post, if named."""
    if not 1 <= days <= MOST_DAYS:
        raise StoreError(f"a preview is of 1 to {MOST_DAYS} days, not {days}")
    year = report_year or _latest()
    cycle = context(year)
    wanted = find_post(cycle.config, post).id if post else None
    planned = [
        one
        for one in preview_messages(days=days, at=at, tell=tell)
        if one.message.report_year == year and wanted in (None, cycle.config.positions[one.message.position].post)
    ]
    return {
        "report_year": year,
        "from": iso(at),
        "days": days,
        "post": cycle.config.posts[wanted].name if wanted else None,
        "not_foreseen": NOT_FORESEEN,
        "messages": [_told(one, cycle) for one in planned],
    }


def preview_markdown(preview: dict[str, Any]) -> str:
    """The preview as an artifact: a table of everything, then the words of what goes first."""
    messages = preview["messages"]
    lines = [
        f"# What goes out next: cycle {preview['report_year']}",
        "",
        f"{counted_of(len(messages), 'message')} in the {preview['days']} days from {preview['from']}. "
        f"Not foreseen: {preview['not_foreseen']}.",
        "",
        "| when, there | to | subject | by |",
        "| --- | --- | --- | --- |",
        *(f"| {one['local']} | {one['position']} | {_cell(one['subject'])} | {one['channel']} |" for one in messages),
    ]
    for one in messages[:_MOST_TEXTS]:
        lines += ["", f"## {one['at']} to {one['position']}", "", f"`{one['message']}`, {one['address']}", ""]
        lines += [f"    {line}".rstrip() for line in (one["subject"], "", *one["body"].splitlines())]
    return "\n".join(lines) + "\n"


def _latest() -> int:
    with Store.read(settings().ledger_url) as store:
        opened = [one.report_year for one in store.cycles.all()]
    if not opened:
        raise StoreError("no cycle is open; run: tipcycle open-cycle --report-year YEAR")
    return opened[-1]


def _told(one: Planned, cycle: Context) -> dict[str, Any]:
    message = one.message
    place = cycle.places.of(cycle.config.positions[message.position])
    return {
        "message": message.key,
        "at": iso(one.at),
        "local": local(one.at, place.zone),
        "position": message.position,
        "channel": message.channel,
        "address": message.address,
        "statutory": message.statutory,
        "subject": message.subject,
        "body": message.body,
        "attachments": [attachment.name for attachment in message.attachments],
    }


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
