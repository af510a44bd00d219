"""When is a child that died started again? At once nearly, then ever later, and at once again after a good while."""

from __future__ import annotations

from dataclasses import dataclass, replace

_LONGEST_WAIT = 60.0
_HEALTHY = 300.0


@dataclass(frozen=True)
class Standing:
    """In seconds of one monotonic clock; `deaths` counts those in a row, `restart_at` is None while it runs."""

    started_at: float
    deaths: int = 0
    restart_at: float | None = None

    def died(self, at: float) -> Standing:
        """It is to be started again after 1, 2, 4, … 60 seconds; five minutes alive begin that count anew.

        A start that failed is one more death in the row, however long it had lived before.
        """
        lived_well = self.restart_at is None and at - self.started_at >= _HEALTHY
        before = 0 if lived_well else self.deaths
        return replace(self, deaths=before + 1, restart_at=at + wait_seconds(before))

    def started(self, at: float) -> Standing:
        """It runs again."""
        return replace(self, started_at=at, restart_at=None)


def wait_seconds(deaths: int) -> float:
    """How long to wait after a death that `deaths` others preceded: 2 to that power, at most 60 s."""
    return float(min(_LONGEST_WAIT, 2 ** min(deaths, 10)))
