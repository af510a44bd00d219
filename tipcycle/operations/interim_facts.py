"""What does the ledger know of each country for the interim assessment? Read for many countries in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.interim_chapter import assemble_interim_chapter
from tipcycle.assessment.interim_inputs import InterimFacts, interim_inputs
from tipcycle.model.keys import obligation_key
from tipcycle.model.notice import Notice
from tipcycle.model.placement import Listed
from tipcycle.model.submission import Accepted, SubmissionStep
from tipcycle.operations.context import Context
from tipcycle.operations.country_limits import CountryLimit, country_limits
from tipcycle.operations.waived_figures import waived_figures
from tipcycle.store import Store

_SOME = 3  # up to here each answer is fetched by itself; beyond, the answers of the whole cycle are


def interim_chapters(
    store: Store, cycle: Context, countries: Collection[str], at: datetime
) -> Mapping[str, Callable[[], Assembled]]:
    """For each entry of the special watch list among `countries` how its chapter is assembled, by iso3.

    Each is assembled when it is called for, so that what is wrong with one country keeps no other back.
    """
    listed = {entry.iso3: entry for entry in store.cycles.special_watch_list(cycle.config.report_year)}
    wanted = [iso3 for iso3 in countries if iso3 in listed]
    known = _Known(store, cycle, wanted, at)
    return {iso3: partial(_assemble, known, listed[iso3]) for iso3 in wanted}


def _assemble(known: _Known, entry: Listed) -> Assembled:
    facts = known.facts(entry)
    inputs = interim_inputs(facts)
    return Assembled(inputs, assemble_interim_chapter(facts, inputs))


class _Known:
    """The rows of several countries."""

    def __init__(self, store: Store, cycle: Context, countries: list[str], at: datetime) -> None:
        self._store, self._cycle, self._year = store, cycle, cycle.config.report_year
        keys = [self._key(step, iso3) for step in ("progress-report", "action-request") for iso3 in countries]
        self._obligations = store.obligations.by_key(keys)
        self._reports = self._answers("progress-report", countries)
        self._deliveries = self._answers("demarche", countries)
        self._limits: dict[str, CountryLimit] = country_limits(
            cycle.config, countries, on=cycle.places.washington.local_date(at)
        )
        self._notices: dict[str, list[Notice]] = defaultdict(list)
        for notice in store.notices.of_obligations([self._key("progress-report", iso3) for iso3 in countries]):
            self._notices[notice.obligation].append(notice)
        self._rehearsal = store.is_rehearsal

    def facts(self, entry: Listed) -> InterimFacts:
        """Everything that is known of one country."""
        cycle, iso3 = self._cycle, entry.iso3
        report = self._obligations[self._key("progress-report", iso3)]
        accepted = self._reports.get(report.key)
        return InterimFacts(
            entry,
            country=cycle.config.countries[iso3].name,
            plan=cycle.config.plans.get(iso3),
            report=report,
            accepted=accepted,
            delivery=self._deliveries.get(self._key("demarche", iso3)),
            notices=self._notices[report.key],
            asked_at=self._obligations[self._key("action-request", iso3)].answered_at,
            working=cycle.places.of_owner(report.post),
            limit=self._limits[iso3].finding,
            law=cycle.config.law,
            positions=cycle.config.positions,
            waived=waived_figures(self._store, cycle, accepted),
            rehearsal=self._rehearsal,
        )

    def _key(self, step: str, iso3: str) -> str:
        return obligation_key(self._year, step, iso3)

    def _answers(self, step: SubmissionStep, countries: list[str]) -> dict[str, Accepted]:
        if len(countries) > _SOME:
            return self._store.submissions.latest_of_cycle(self._year, step)
        found = (self._store.submissions.latest(self._key(step, iso3)) for iso3 in countries)
        return {one.obligation: one for one in found if one}
