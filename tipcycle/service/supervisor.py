"""What is done with a child that dies, or answers no more? It is logged, and started again with back-off."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tipcycle.errors import TipcycleError
from tipcycle.service.back_off import Standing
from tipcycle.service.kept import Kept

_SILENT_SECONDS = 120  # a busy server may be slow; one that says nothing for two minutes hangs
_ASK_SECONDS = 10


@dataclass
class _Watched:
    kept: Kept
    standing: Standing
    answered_at: float
    asked_at: float = field(default=0)


class Supervisor:
    """Looks after what was started, in the order in which each needs the one before it."""

    def __init__(self, kept: Sequence[Kept], say: Callable[[str], None]) -> None:
        now = time.monotonic()
        self._watched = [_Watched(one, Standing(now), answered_at=now) for one in kept]
        self._say = say

    def look(self) -> None:
        """One look at each: what died is told and gets its time, whose time has come is started."""
        for one in self._watched:
            self._look_at(one, time.monotonic())

    def _look_at(self, one: _Watched, now: float) -> None:
        if one.standing.restart_at is not None:
            if now >= one.standing.restart_at:
                self._start(one)
        elif not one.kept.running:
            self._dead(one, now, one.kept.ending)
        elif now - one.asked_at >= _ASK_SECONDS:
            self._ask(one, now)

    def _ask(self, one: _Watched, now: float) -> None:
        one.asked_at = now
        if one.kept.answers():
            one.answered_at = now
        elif now - one.answered_at > _SILENT_SECONDS:
            one.kept.stop()
            self._dead(one, now, f"was not well for {_SILENT_SECONDS} s, was ended")

    def _dead(self, one: _Watched, now: float, what: str) -> None:
        one.standing = one.standing.died(now)
        wait = (one.standing.restart_at or now) - now
        last = one.kept.log_tail().strip().splitlines()[-1:]
        said = f"; its log ends: {last[0][:200]}" if last else ""
        self._say(f"the {one.kept.name} {what} and is started again in {wait:.0f} s{said}")

    def _start(self, one: _Watched) -> None:
        now = time.monotonic()
        try:
            one.kept.start()
        except (TipcycleError, OSError) as error:
            one.standing = one.standing.died(now)
            self._say(f"the {one.kept.name} cannot be started yet: {error}")
            return
        one.standing, one.answered_at = one.standing.started(now), now
        self._say(f"the {one.kept.name} was started again (process {one.kept.pid})")
