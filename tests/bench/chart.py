"""Which bars are kept, and by how much? A bar a figure, as a share of what it may be, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from tests.bench.measured import Measured

_ROW, _LEFT, _WIDTH, _RIGHT = 24, 470, 380, 170
_LEAST, _MOST = 0.01, 10.0  # shares of the bar at the two ends of the scale


def draw(measured: Sequence[Measured]) -> str:
    """An SVG picture; what is right of the line at 1 misses its bar."""
    shown = [one for one in measured if one.bar]
    height = _ROW * len(shown) + 60
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {height}" '
            'font-family="sans-serif" font-size="13" role="img">',
            "<title>Each figure as a share of its bar</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *_scale(height),
            *(line for number, one in enumerate(shown) for line in _bar(one, 40 + _ROW * number)),
            "</svg>\n",
        ]
    )


def _scale(height: int) -> Iterator[str]:
    for share in (0.01, 0.1, 1.0, 10.0):
        x, strong = _x(share), share == 1.0
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="30" y2="{height - 18}" stroke="{"#222222" if strong else "#cccccc"}"'
            f' stroke-width="{2 if strong else 1}"/>'
        )
        yield f'<text x="{x:.1f}" y="22" text-anchor="middle">{"the bar" if strong else f"{share:g}"}</text>'


def _bar(one: Measured, y: int) -> Iterator[str]:
    assert one.bar
    share = one.bar / one.value if one.at_least and one.value else one.value / one.bar
    met = one.verdict == "met"
    end = _x(share)
    label = (f"{one.row}  " if one.row else "") + one.what.strip()
    yield f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
    width, colour = max(end - _LEFT, 2), "#3a6ea5" if met else "#b5472f"
    yield f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="16" fill="{colour}"/>'
    yield f'<text x="{end + 6:.1f}" y="{y + 13}">{escape(one.told)}{"" if met else ", not met"}</text>'


def _x(share: float) -> float:
    inside = min(max(share, _LEAST), _MOST)
    return _LEFT + _WIDTH * math.log(inside / _LEAST) / math.log(_MOST / _LEAST)
