"""The play from the drafts of the full assessment to the Report: recommendations, splits, placements, release.

Office and bureaus differ over a dozen countries; the splits end at each level in turn. The placements are those that
the Report of that year really made. It is released when it really was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tipcycle.ladder.recipients import BUREAUS, OFFICE
from tipcycle.model.cycle import CycleConfig
from tipcycle.service.rehearsal.programme import Act
from tipcycle.service.rehearsal.tier_play import TierPlay

CHAPTER, ASSESSMENT = "full-chapter", "full-assessment"
_PRINCIPAL, _SECRETARY = "g.principal", "s.principal"
_SILENT = "h.clearer"


def spring(config: CycleConfig, play: TierPlay) -> Iterator[Act]:
    """The acts, on days counted from the planned ones."""
    from flows.assemble_full_assessment import assemble_full_assessment
    from flows.record_placement import record_placement
    from flows.record_recommendation import record_recommendation

    year, step = config.report_year, config.calendar.step
    drafted_on, placed_on = step("full-draft").planned_on, step("tier-placement").planned_on
    yield Act(drafted_on, assemble_full_assessment, (year,))
    for days, said in ((5, play.recommendations), (11, play.changed)):
        for position, forms in said:
            yield Act(drafted_on + timedelta(days=days), record_recommendation, (year, position, list(forms)))
    yield from _splits(config, play, drafted_on)
    yield Act(placed_on, record_placement, (year, _PRINCIPAL), {"as_recommended": True})
    yield Act(placed_on, record_placement, (year, _SECRETARY), {"placements": list(play.singly)})
    yield from _cleared_and_released(config, placed_on)


def _splits(config: CycleConfig, play: TierPlay, drafted_on: date) -> Iterator[Act]:
    """Each level a week after the one before it: its holder is reminded, and then decides."""
    from flows.settle_split import settle_split

    levels = [level.holder for level in config.split_levels]
    for one in play.decisions:
        on = drafted_on + timedelta(days=14 + 7 * levels.index(one.position))
        words = {"outcome": one.outcome, "tier": one.tier, "note": one.note}
        yield Act(on, settle_split, (config.report_year, one.country, one.position), words)


def _cleared_and_released(config: CycleConfig, placed_on: date) -> Iterator[Act]:
    """Bureaus and DRL side by side, then L; H stays silent past its due day, and the Under Secretary signs for it."""
    from flows.clear_document import clear_document
    from flows.release_document import release_document

    year, released_on = config.report_year, config.calendar.step("report-release").planned_on
    clearers = [*(f"{bureau.lower()}.bureau" for bureau in BUREAUS), f"{OFFICE}.director", "drl.clearer"]
    for number, position in enumerate(clearers):
        on = placed_on + timedelta(days=4 + number % 3)
        yield Act(on, clear_document, (year, "cleared", position), {"document": CHAPTER})
    compiled = {"document": ASSESSMENT}
    yield Act(placed_on + timedelta(days=10), clear_document, (year, "cleared", "l.clearer"), compiled)
    signed_on = released_on - timedelta(days=5)
    silent = {"without": [_SILENT], "reason": "asked and reminded; the day of the law has passed (made up)"}
    yield Act(signed_on, release_document, (year, ASSESSMENT, _SECRETARY), silent)
    yield Act(signed_on + timedelta(days=1), clear_document, (year, "cleared", _PRINCIPAL), compiled)
    yield Act(released_on, release_document, (year, ASSESSMENT, _PRINCIPAL))
