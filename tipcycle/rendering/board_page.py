"""How does the board read? The cycle at a glance, its submissions drawn and in tables, and a page for each bureau.

It is read without a password where nobody else can come, so it holds posts, counts, days and links: no address, no
name of a person, no note and no text of a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tipcycle.model.moment import day
from tipcycle.rendering import bureau_bars, progress_chart
from tipcycle.rendering.bureau_bars import BureauRow
from tipcycle.rendering.progress_chart import Progress
from tipcycle.rendering.templates import render

WIDE, NARROW = 760.0, 340.0


@dataclass(frozen=True)
class LateRow:
    """A submission that is missing after its day: how many days, and what its post was told last, in words."""

    post: str
    bureau: str
    country: str
    what: str
    due: str
    overdue_days: int
    last_message: str


@dataclass(frozen=True)
class OwedRow:
    """A submission of a post, however it stands: `standing` in words, `proof` where all of it is told."""

    post: str
    country: str
    what: str
    due: str
    standing: str
    overdue: bool
    answered: str
    last_message: str
    proof: str


@dataclass(frozen=True)
class Deadline:
    """The next day of the calendar on which something is planned."""

    what: str
    on: str
    days_left: int


@dataclass(frozen=True)
class CycleBoard:
    """Everything on the first page. `step` is whose submissions are counted and drawn, `what` the same in words.

    `bureaus` and `progress` stand in the same order, `overall` is all of them together; `coming` falls due within 14
    days. `steps` are those of the status board.
    """

    report_year: int
    as_of: str
    last_tick: str
    closed: str
    step: str
    what: str
    due: str
    deadline: Deadline | None
    overall: Progress
    bureaus: tuple[BureauRow, ...]
    progress: tuple[Progress, ...]
    coming: int
    waiting: int
    waiting_link: str
    late: tuple[LateRow, ...]
    steps: Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class BureauBoard:
    """Everything on the page of one bureau; `posts` are the rows of its Monday digest, `held` counts holds."""

    report_year: int
    bureau: str
    as_of: str
    what: str
    row: BureauRow
    progress: Progress
    posts: Sequence[object]
    owed: tuple[OwedRow, ...]
    to_clear: Sequence[str]
    held: int


def render_cycle_board(shown: CycleBoard, templates: Path, *, links: Mapping[str, str]) -> str:
    """The first page; `links` maps each bureau to its page."""
    first = min([one.first for one in shown.progress] or [shown.overall.first])
    last = max([one.last for one in shown.progress] or [shown.overall.last])
    small = [
        (one, row, progress_chart.draw_small_progress(f"over-time-{place}", one, first=first, last=last))
        for place, (one, row) in enumerate(zip(shown.progress, shown.bureaus, strict=True))
    ]
    return render(
        templates,
        "board/cycle.html.j2",
        board=shown,
        links=links,
        total=together(shown.bureaus),
        over_time=_both("over-time", shown.overall),
        small=small,
        days=days_of(shown.overall),
        bars=[
            (kind, bureau_bars.draw_bars(f"bars-{kind}", shown.bureaus, width=width))
            for kind, width in (("wide", WIDE), ("narrow", NARROW))
        ],
        patterns=bureau_bars.patterns(),
        parts=[(word, bureau_bars.swatch(part)) for _, part, word in bureau_bars.PARTS],
    )


def render_bureau_board(shown: BureauBoard, templates: Path, *, back: str) -> str:
    """The page of one bureau; `back` leads to the first one."""
    over_time = _both("over-time", shown.progress)
    return render(
        templates, "board/bureau.html.j2", board=shown, back=back, over_time=over_time, days=days_of(shown.progress)
    )


def render_empty_board(templates: Path, told: str) -> str:
    """What stands there while there is nothing to show."""
    return render(templates, "board/empty.html.j2", told=told)


def together(rows: Sequence[BureauRow]) -> BureauRow:
    """All bureaus as one row."""
    sums = {field: sum(getattr(row, field) for row in rows) for field, _, _ in bureau_bars.PARTS}
    return BureauRow("all", **sums)


def days_of(shown: Progress) -> list[tuple[str, int, int]]:
    """The drawing as a table: each day on which something was asked or came, and both counts at its end."""
    asked, came = (
        dict(progress_chart.staircase(days, until=shown.today)) if days else {} for days in (shown.asked, shown.came)
    )
    rows, so_far = [], (0, 0)
    for on in sorted({*shown.asked, *shown.came}):
        so_far = (asked.get(on, so_far[0]), came.get(on, so_far[1]))
        rows.append((day(on), *so_far))
    return rows


def _both(key: str, shown: Progress) -> list[tuple[str, Markup]]:
    """Drawn for a desk and for a phone; the style sheet shows one of them."""
    return [
        (kind, progress_chart.draw_progress(f"{key}-{kind}", shown, width=width))
        for kind, width in (("wide", WIDE), ("narrow", NARROW))
    ]
