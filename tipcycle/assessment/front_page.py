"""What stands before the chapters? Which edition it is, when it was due by law, and without whose concurrence it goes.

A date has three faces, and the law's is never hidden behind the others. Source: 22 U.S.C. 7107(b)(1) and (b)(2)(B).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.assessment_paper import Edition
from tipcycle.model.clearance import Override
from tipcycle.model.moment import long_day
from tipcycle.model.position import Position


def edition_line(edition: Edition) -> str:
    """`DRAFT of December 18, 2009, not cleared and not released`, `Released on February 24, 2010 (version 1)`."""
    reason = "" if edition.nature == "draft" else edition.reason.strip().rstrip(".")
    return f"{footer_line(edition)}: {reason}" if reason else footer_line(edition)


def footer_line(edition: Edition) -> str:
    """The same without the reason, which is as long as its writer likes and would run into the page number."""
    on = long_day(edition.on)
    match edition.nature:
        case "draft":
            return f"DRAFT of {on}, not released"
        case "supplement":
            return f"Supplement, released on {on} (version {edition.version})"
        case "erratum":
            return f"Corrected edition, released on {on} (version {edition.version})"
        case _:
            return f"Released on {on} (version {edition.version})"


def changed_line(edition: Edition) -> str:
    """`Chapters changed since version 1: Angola; Chad.`; names hold commas, so they are parted by semicolons."""
    if not edition.changed:
        return ""
    chapters = "Chapter" if len(edition.changed) == 1 else "Chapters"
    return f"{chapters} changed since version {edition.version - 1}: {'; '.join(edition.changed)}."


def due_lines(
    edition: Edition, *, statutory_on: date | None, planned_on: date, released_on: date | None, source: str
) -> tuple[str, ...]:
    """The three dates, a line each; `released_on` is the first release, None before it.

    Lateness against the law is counted in days, up to the release or, where there was none, up to this edition.
    """
    lines = [f"Due by law: {long_day(statutory_on)} ({source})."] if statutory_on else []
    lines.append(f"Planned: {long_day(planned_on)}.")
    first = released_on or (edition.on if edition.nature != "draft" else None)
    over = ((first or edition.on) - statutory_on).days if statutory_on else 0
    late = f", {over} {'day' if over == 1 else 'days'} after the day set by law" if over > 0 else ""
    lines.append(f"Released: {long_day(first)}{late}." if first else f"Not released{_so_far(over)}.")
    return tuple(lines)


def without_concurrence(
    overrides: Mapping[str, Iterable[Override]],
    texts: Mapping[str, tuple[str, str]],
    *,
    positions: Mapping[str, Position],
    washington: WorkingTime,
    released: bool,
) -> tuple[str, ...]:
    """A paragraph for each position that did not concur, in the order of `texts`.

    `texts` maps a document to what it is called and the hash of its text: an override of another text does not count.
    """
    lines = []
    for document, (called, text) in texts.items():
        governing = {one.without: one for one in overrides.get(document, ()) if one.content_hash == text}
        lines += [_line(one, called, positions, washington, released) for one in governing.values()]
    return tuple(lines)


def _line(
    one: Override, called: str, positions: Mapping[str, Position], washington: WorkingTime, released: bool
) -> str:
    def title(position: str) -> str:
        return positions[position].title if position in positions else position

    asked = f"asked on {long_day(washington.local_date(one.asked_at))}" if one.asked_at else "not asked"
    reminded = f"reminded on {', '.join(map(_as_day, one.reminded))}" if one.reminded else "not reminded"
    decided = long_day(washington.local_date(one.decided_at))
    verb = "Released" if released else "To be released"
    return (
        f"{called}: {verb.lower()} without the concurrence of {title(one.without)}, {asked}, {reminded}. "
        f"Decided on {decided} by {title(one.approver)}: {one.reason.strip().rstrip('.')}."
    )


def _as_day(text: str) -> str:
    try:
        return long_day(date.fromisoformat(text[:10]))
    except ValueError:
        return text


def _so_far(over: int) -> str:
    return f"; the day set by law passed {over} {'day' if over == 1 else 'days'} ago" if over > 0 else ""
