"""How fast did submissions come in, against what was asked and the deadline? Two staircases over time, and a line.

They differ in stroke and place, not in colour alone; `tell` says the same in a sentence, and the page has a table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from tipcycle.model.moment import day, short_day
from tipcycle.rendering.svg import element, figure, words

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MARGIN = timedelta(days=3)
_AFTER = timedelta(days=28)  # of a long time in which nothing comes any more only so much is drawn


@dataclass(frozen=True)
class Progress:
    """`asked` and `came` hold the day of each, in order; nothing of them lies after `today`."""

    name: str
    asked: tuple[date, ...]
    came: tuple[date, ...]
    due_on: date
    today: date

    @property
    def first(self) -> date:
        """The first day that is drawn."""
        return min((*self.asked, *self.came, self.due_on))

    @property
    def last(self) -> date:
        """The last day that is drawn."""
        return max((self.due_on, *self.came, min(self.today, self.due_on + _AFTER))) + _MARGIN


@dataclass(frozen=True)
class Frame:
    """Where the axes stand in a drawing of `width` and `height`; the days and the count that they span."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    first: date
    last: date
    most: int

    def x(self, on: date) -> float:
        """Where the beginning of a day stands; what lies outside stands at the edge."""
        share = (on - self.first).days / max((self.last - self.first).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.width - self.left - self.right)

    def y(self, count: float) -> float:
        """How high a count stands."""
        return self.height - self.bottom - count / self.most * (self.height - self.top - self.bottom)


def staircase(days: Sequence[date], *, until: date) -> list[tuple[date, int]]:
    """How many there were from each day on, from 0 before the first, and at last `until`; days in order."""
    counts = [(on, bisect_right(days, on)) for on in sorted(set(days))]
    return [*counts, (until, len(days))] if counts else []


def ticks(most: int, *, at_most: int) -> list[int]:
    """Round counts from 0 to `most`, so many steps at most."""
    step = next((one for one in _STEPS if most <= one * at_most), max(most, 1))
    return list(range(0, most + 1, step))


def months(first: date, last: date) -> Iterator[date]:
    """The first of each month after `first`, to `last`."""
    on = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while on <= last:
        yield on
        on = date(on.year + on.month // 12, on.month % 12 + 1, 1)


def tell(shown: Progress) -> str:
    """The drawing in words."""
    by_due = bisect_right(shown.came, shown.due_on)
    day_of = f"the deadline, {day(shown.due_on)}"
    if shown.today <= shown.due_on:
        return f"{len(shown.came)} of {len(shown.asked)} came in by {day(shown.today)}; {day_of}, is still to come."
    return f"{by_due} of {len(shown.asked)} had come in by {day_of}, and {len(shown.came)} by {day(shown.today)}."


def draw_progress(key: str, shown: Progress, *, width: float) -> Markup:
    """The drawing of everything, `width` units wide: 760 beside a desk, 340 on a phone."""
    height = 300 if width > 400 else 260
    frame = Frame(width, height, 40, 28, 56, 28, shown.first, shown.last, max(len(shown.asked), len(shown.came), 1))
    return _drawn(key, shown, frame, steps=5, counted=True)


def draw_small_progress(key: str, shown: Progress, *, first: date, last: date) -> Markup:
    """One of many small ones, over the same days, each as high as what was asked."""
    frame = Frame(240, 132, 26, 22, 8, 22, first, last, max(len(shown.asked), len(shown.came), 1))
    return _drawn(key, shown, frame, steps=2, counted=False)  # its heading has the count


def _drawn(key: str, shown: Progress, frame: Frame, *, steps: int, counted: bool) -> Markup:
    parts = [*_grid(frame, steps), *_deadline(shown, frame)]
    asked, came = (staircase(days, until=min(shown.today, shown.last)) for days in (shown.asked, shown.came))
    if came:
        parts.append(element("path", {"d": f"{_path(came, frame)} V{frame.y(0):g} Z", "class": "area"}))
    if asked:
        parts.append(element("path", {"d": _path(asked, frame), "class": "asked"}))
    if came:
        parts += [element("path", {"d": _path(came, frame), "class": "came"}), *_end(came, frame, counted=counted)]
    size = (frame.width, frame.height)
    return figure(key, parts, size=size, title=f"Submissions over time: {shown.name}", told=tell(shown))


def _grid(frame: Frame, steps: int) -> Iterator[Markup]:
    right, floor = frame.width - frame.right, frame.y(0)
    for count in ticks(frame.most, at_most=steps):
        y = frame.y(count)
        yield element("path", {"d": f"M{frame.left:g} {y:.2f} H{right:g}", "class": "axis" if count == 0 else "grid"})
        yield words(str(count), frame.left - 6, y + 4, "scale", anchor="end")
    for on in months(frame.first, frame.last):
        x = frame.x(on)
        yield element("path", {"d": f"M{x:.2f} {floor:.2f} v5", "class": "axis"})
        if frame.left + 16 <= x <= right - 16:
            yield words(short_day(on), x, floor + 18, "scale", anchor="middle")


def _deadline(shown: Progress, frame: Frame) -> Iterator[Markup]:
    """The end of the last day on time is where the line stands."""
    x = frame.x(shown.due_on + timedelta(days=1))
    anchor = "end" if x > frame.width / 2 else "start"
    yield element("path", {"d": f"M{x:.2f} {frame.top - 6:g} V{frame.y(0):.2f}", "class": "due"})
    yield words(
        f"due {short_day(shown.due_on)}",
        x + (4 if anchor == "start" else -4),
        frame.top - 10,
        "due-word",
        anchor=anchor,
    )


def _path(stairs: Sequence[tuple[date, int]], frame: Frame) -> str:
    """From the floor up; a step is taken on its day."""
    first, _ = stairs[0]
    climbed = "".join(f" H{frame.x(on):.2f} V{frame.y(count):.2f}" for on, count in stairs)
    return f"M{frame.x(first):.2f} {frame.y(0):.2f}{climbed}"


def _end(stairs: Sequence[tuple[date, int]], frame: Frame, *, counted: bool) -> Iterator[Markup]:
    """A dot at today, and the count beside it."""
    on, count = stairs[-1]
    x, y = frame.x(on), frame.y(count)
    yield element("circle", {"cx": x, "cy": y, "r": 4, "class": "now"})
    if counted:
        yield words(f"{count} in", x + 9, y + 5, "count")
