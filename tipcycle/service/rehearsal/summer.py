"""The play after the Report: determinations, the roll-over read and signed, the next cycle and its list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tipcycle.ladder.recipients import OFFICE
from tipcycle.model.cycle import CycleConfig
from tipcycle.service.rehearsal.programme import Act, ReadAndSign
from tipcycle.service.rehearsal.tier_play import TierPlay

_DIRECTOR, _SECRETARY = f"{OFFICE}.director", "s.principal"
_NOTE = "Made up for a rehearsal."


def summer(config: CycleConfig, following: CycleConfig, play: TierPlay) -> Iterator[Act | ReadAndSign]:
    """The acts; `following` is the next cycle, which opens only once this one is closed."""
    from flows.close_cycle import close_cycle
    from flows.open_cycle import open_cycle
    from flows.record_determination import record_determination

    year, opens_on = config.report_year, following.calendar.opens_on
    determined_on = config.calendar.step("report-release").planned_on + timedelta(days=60)
    for iso3 in sorted(iso3 for iso3, tier in play.placements.items() if tier == "3"):
        words = (year, iso3, "d1", determined_on, _SECRETARY)
        yield Act(determined_on, record_determination, words, {"note": _NOTE})
    read_on = opens_on - timedelta(days=3)
    yield ReadAndSign(read_on, close_cycle, (year, _DIRECTOR))
    for on in (opens_on, following.calendar.step("special-watch-list").planned_on):
        yield Act(on, open_cycle, (following.report_year,))
