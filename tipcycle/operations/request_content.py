"""What does one country's action request say? Its content from a cycle's config, with or without a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tipcycle.calendar.obligations import obligations_of
from tipcycle.config.check import plan_fits
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import ActionRequest, AskedItem, TwoYearLimit
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Listed
from tipcycle.operations.context import Context
from tipcycle.operations.country_limits import country_limits
from tipcycle.requests.build import build_action_request
from tipcycle.rules.cable_precedence import precedence_of_action_request
from tipcycle.rules.special_watch_list import special_watch_list


def request_content(
    cycle: Context,
    entry: Listed,
    *,
    demarche: Obligation,
    report: Obligation,
    dated: date,
    proposed_by_post: Sequence[AskedItem] = (),
) -> ActionRequest:
    """The content with the deadlines of those two obligations; `dated` is the day of the request in Washington.

    The count toward the two-year limit and the precedence are those of the law on that day. Raises `ConfigError`
    where the entry needs a plan and has none yet.
    """
    _require_plan(cycle, entry)
    return build_action_request(
        entry,
        demarche=demarche,
        report=report,
        config=cycle.config,
        places=cycle.places,
        dated=dated,
        proposed_by_post=proposed_by_post,
        limit=_limit(cycle, entry, on=dated),
        precedence=precedence_of_action_request(cycle.config.law, on=dated),
    )


def planned_request(cycle: Context, iso3: str, *, proposed_by_post: Sequence[AskedItem] = ()) -> ActionRequest:
    """The content as planned, from config alone; raises `ConfigError` for a country that is not on the list.

    `proposed_by_post` are the post's own recommendations, which no config holds.
    """
    calendar = cycle.config.calendar
    entry = listed_entry(cycle, iso3)
    demarche, report = (
        obligations_of(calendar.step(step), config=cycle.config, places=cycle.places, special_watch_list=[iso3])[0]
        for step in ("demarche", "progress-report")
    )
    dated = calendar.step("action-request").planned_on
    return request_content(
        cycle, entry, demarche=demarche, report=report, dated=dated, proposed_by_post=proposed_by_post
    )


def listed_entry(cycle: Context, iso3: str) -> Listed:
    """The country's entry of the list with every correction known; raises `ConfigError` if it has none."""
    config = cycle.config
    listed = special_watch_list(
        config.placements,
        config.previous_report,
        on=None,
        territories=config.territories,
    )
    for entry in listed:
        if entry.iso3 == iso3:
            return entry
    name = config.countries[iso3].name if iso3 in config.countries else iso3
    value = f"{name} is not on the special watch list of cycle {config.report_year}"
    remedy = "an action request goes to those that are: " + ", ".join(entry.iso3 for entry in listed)
    raise ConfigError([Fault("config/placements", iso3, value, remedy)])


def _require_plan(cycle: Context, entry: Listed) -> None:
    """A cycle may be opened before its plans are written; no request is drawn without the one that it needs."""
    plan = cycle.config.plans.get(entry.iso3)
    faults = list(plan_fits(entry, plan, file=f"config/cycles/{cycle.config.report_year}/plans/{entry.iso3}.yaml"))
    if plan is None and faults:
        raise ConfigError([replace(fault, value="no plan yet") for fault in faults])


def _limit(cycle: Context, entry: Listed, *, on: date) -> TwoYearLimit | None:
    """None for a country that moved up, for a territory, and where a missing Report leaves the count open."""
    config = cycle.config
    if entry.group != "tier_2_watch_list":
        return None
    limit = country_limits(config, [entry.iso3], on=on)[entry.iso3]
    if limit.territory or limit.counted is None or limit.earliest_effect is None:
        return None
    return TwoYearLimit(limit.counted, limit.earliest_effect)
