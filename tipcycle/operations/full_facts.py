"""What does the ledger know of each country for the full assessment? Read for all of them in one query a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.full_chapter import assemble_full_chapter
from tipcycle.assessment.full_inputs import ANNUAL, DEMARCHE, PROGRESS, FullFacts, Reported, full_inputs
from tipcycle.model.keys import obligation_key
from tipcycle.model.notice import Notice
from tipcycle.model.submission import Accepted, SubmissionStep
from tipcycle.operations.context import Context
from tipcycle.operations.country_limits import country_limits
from tipcycle.operations.waived_figures import waived_figures
from tipcycle.rules.forecast import CHOICES, forecast
from tipcycle.rules.placement_in_force import history_of
from tipcycle.store import Store

_SOME = 3  # up to here each answer is fetched by itself; beyond, the answers of the whole cycle are


def full_chapters(
    store: Store, cycle: Context, countries: Collection[str], at: datetime
) -> Mapping[str, Callable[[], Assembled]]:
    """For each country that a post covers among `countries` how its chapter is assembled, by iso3.

    Each is assembled when it is called for, so that what is wrong with one country keeps no other back.
    """
    wanted = [iso3 for iso3 in countries if iso3 in cycle.config.countries]
    known = _Known(store, cycle, wanted, at)
    return {iso3: partial(_assemble, known, iso3) for iso3 in wanted}


def _assemble(known: _Known, iso3: str) -> Assembled:
    facts = known.facts(iso3)
    inputs = full_inputs(facts)
    return Assembled(inputs, assemble_full_chapter(facts, inputs))


class _Known:
    """The rows of several countries."""

    def __init__(self, store: Store, cycle: Context, countries: list[str], at: datetime) -> None:
        self._store, self._cycle, self._year = store, cycle, cycle.config.report_year
        on = cycle.places.washington.local_date(at)
        keys = [self._key(step, iso3) for step in (ANNUAL, PROGRESS) for iso3 in countries]
        self._obligations = store.obligations.by_key(keys)
        self._answers = {
            **self._read(self._year, "annual-submission", countries),
            **self._read(self._year, "progress-report", countries),
            **self._read(self._year, "demarche", countries),
            **self._read(self._year - 1, "annual-submission", countries),
        }
        self._waived = store.rule_waivers.waived(keys)
        self._limits = country_limits(cycle.config, countries, on=on)
        self._history = history_of(cycle.config.placements, on=on)
        self._decided = store.tiers.placements(self._year)
        self._notices: dict[str, list[Notice]] = defaultdict(list)
        for notice in store.notices.of_obligations(keys):
            self._notices[notice.obligation].append(notice)
        self._rehearsal = store.is_rehearsal

    def facts(self, iso3: str) -> FullFacts:
        """Everything that is known of one country."""
        cycle, year = self._cycle, self._year
        decided = self._decided.get(iso3)
        decider = cycle.config.positions.get(decided.decided_by) if decided else None
        tiers = self._history.tiers(iso3)
        return FullFacts(
            iso3,
            country=cycle.config.countries[iso3].name,
            report_year=year,
            plan=cycle.config.plans.get(iso3),
            annual=self._reported(ANNUAL, iso3),
            progress=self._reported(PROGRESS, iso3),
            delivery=self._answers.get(self._key(DEMARCHE, iso3)),
            before=self._answers.get(obligation_key(year - 1, ANNUAL, iso3)),
            history={one: tiers[one] for one in sorted(tiers) if one < year},
            decided=decided,
            decided_by=decider.title if decider else decided.decided_by if decided else "",
            working=cycle.places.of_post(cycle.config.post_for(iso3)),
            washington=cycle.places.washington,
            covers=cycle.config.calendar.reporting_period,
            limit=self._limits[iso3].finding,
            forecasts=[
                forecast(self._history, iso3, cycle.config.law, report_year=year, choice=choice) for choice in CHOICES
            ],
            law=cycle.config.law,
            positions=cycle.config.positions,
            rehearsal=self._rehearsal,
        )

    def _reported(self, step: str, iso3: str) -> Reported:
        key = self._key(step, iso3)
        accepted = self._answers.get(key)
        waived = waived_figures(self._store, self._cycle, accepted) if key in self._waived else {}
        return Reported(self._obligations.get(key), accepted, self._notices[key], waived)

    def _key(self, step: str, iso3: str) -> str:
        return obligation_key(self._year, step, iso3)

    def _read(self, year: int, step: SubmissionStep, countries: list[str]) -> dict[str, Accepted]:
        if len(countries) > _SOME:
            return self._store.submissions.latest_of_cycle(year, step)
        found = (self._store.submissions.latest(obligation_key(year, step, iso3)) for iso3 in countries)
        return {one.obligation: one for one in found if one}
