"""What was measured, against which bar, and was the bar met?"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One figure. `row` numbers the target it belongs to, 0 one without; a bar is a most unless `at_least`."""

    row: int
    what: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """`met`, `not met`, or nothing where there is no bar."""
        if self.bar is None:
            return ""
        return "met" if (self.value >= self.bar if self.at_least else self.value <= self.bar) else "not met"

    @property
    def told(self) -> str:
        """The value with as many digits as it deserves, and its unit."""
        return f"{number(self.value)} {self.unit}".strip()

    @property
    def bar_told(self) -> str:
        """The bar, as `at most 5 s`."""
        if self.bar is None:
            return ""
        return f"{'at least' if self.at_least else 'at most'} {number(self.bar)} {self.unit}".strip()


def number(value: float) -> str:
    """Three significant digits, and thousands apart."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(rounds: int, sides: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of what each side says of itself; A B A B, so that a slow minute of the machine hits both."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            found[name].append(side())
    return {name: statistics.median(values) for name, values in found.items()}


def exponent(points: Mapping[int, float]) -> float:
    """How cost grows with size: the slope of log cost over log size, by least squares; 1.0 is proportional."""
    x, y = [math.log(size) for size in points], [math.log(cost) for cost in points.values()]
    return statistics.linear_regression(x, y).slope


class NotMeasuredError(Exception):
    """What a row needs is not here; the text says what, and how to get it."""
