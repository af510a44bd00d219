"""How do the bureaus compare? A bar each: what came on time, what late, is overdue, not due, waived.

The parts stand in one order and have patterns or tones of their own, so that they are told apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tipcycle.model.post import bureau_name
from tipcycle.rendering.svg import element, figure, words

_ROW, _BAR = 34.0, 20.0
_NAME, _COUNT = 78.0, 84.0  # what the words beside a bar take


@dataclass(frozen=True)
class BureauRow:
    """What one bureau's posts were asked for, by what became of it: the five add up to `asked`."""

    bureau: str
    on_time: int
    late: int
    overdue: int
    not_due: int
    waived: int

    @property
    def came(self) -> int:
        """What is in, late or not."""
        return self.on_time + self.late

    @property
    def asked(self) -> int:
        """Everything that was asked for."""
        return self.came + self.overdue + self.not_due + self.waived


# In the order in which they stand in a bar: field, style class, word.
PARTS = (
    ("on_time", "on-time", "in on time"),
    ("late", "late", "in late"),
    ("overdue", "overdue", "overdue"),
    ("not_due", "not-due", "not due yet"),
    ("waived", "waived", "waived"),
)


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it begins and how wide it is, in units of the drawing."""

    part: str
    x: float
    width: float
    count: int


def segments(row: BureauRow, *, unit: float, left: float) -> list[Segment]:
    """The parts of a bar that hold anything, side by side; `unit` is how wide one submission is."""
    found, x = [], left
    for field, part, _ in PARTS:
        count = getattr(row, field)
        if count:
            found.append(Segment(part, x, count * unit, count))
            x += count * unit
    return found


def tell_bars(rows: Sequence[BureauRow]) -> str:
    """The drawing in words."""
    lines = []
    for row in rows:
        parts = [f"{getattr(row, field)} {word}" for field, _, word in PARTS if getattr(row, field)]
        lines.append(f"{bureau_name(row.bureau)}: {row.asked} asked{', ' if parts else ''}{', '.join(parts)}.")
    return " ".join(lines)


def draw_bars(key: str, rows: Sequence[BureauRow], *, width: float) -> Markup:
    """A bar a bureau, all to one scale, `width` units wide: 760 beside a desk, 340 on a phone."""
    unit = (width - _NAME - _COUNT) / max([row.asked for row in rows] or [1])
    parts = [part for place, row in enumerate(rows) for part in _row(row, place * _ROW, unit)]
    size = (width, max(len(rows), 1) * _ROW)
    return figure(key, parts, size=size, title="Submissions by bureau", told=tell_bars(rows))


def swatch(part: str) -> Markup:
    """A small piece of a part, for the key of the drawing."""
    piece = element("rect", {"x": 0.75, "y": 0.75, "width": 22.5, "height": 12.5, "class": f"bar {part}"})
    return element("svg", {"class": "swatch", "viewBox": "0 0 24 14", "aria-hidden": "true"}, piece)


def patterns() -> Markup:
    """What the parts are filled with; it stands once on a page, before its first bar."""
    late = element("path", {"d": "M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5", "class": "hatch"})
    waived = element("circle", {"cx": 3, "cy": 3, "r": 1.1, "class": "dot"})
    made = Markup().join(
        element("pattern", {"id": f"fill-{name}", "width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}, drawn)
        for name, drawn in (("late", late), ("waived", waived))
    )
    return element(
        "svg", {"class": "patterns", "width": 0, "height": 0, "aria-hidden": "true"}, element("defs", {}, made)
    )


def _row(row: BureauRow, top: float, unit: float) -> Iterator[Markup]:
    middle = top + _ROW / 2 + 5
    yield words(bureau_name(row.bureau), _NAME - 8, middle, "name", anchor="end")
    for one in segments(row, unit=unit, left=_NAME):
        given = {"x": one.x, "y": top + (_ROW - _BAR) / 2, "width": one.width, "height": _BAR}
        yield element("rect", given | {"class": f"bar {one.part}"})
    yield words(f"{row.came} of {row.asked} in", _NAME + row.asked * unit + 8, middle, "count")
