"""What changes from this cycle to the next? The two configs and the ledger, gathered for the comparison."""

from __future__ import annotations

from datetime import date, datetime

from tipcycle.config.load import known_cycles
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.document import Release
from tipcycle.model.placement import Listed
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.last_statuses import last_statuses
from tipcycle.rollover.carried_on import carried_on
from tipcycle.rollover.contacts_to_review import contacts_to_review
from tipcycle.rollover.law_changes import law_changes
from tipcycle.rollover.placements_told_twice import ToldDifferently, placements_told_differently
from tipcycle.rollover.posts_and_ladders import ladder_changes, post_changes
from tipcycle.rollover.roll_over import ListChange, RollOver
from tipcycle.rollover.step_dates import step_dates
from tipcycle.rules.placement_in_force import placements_in_force
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.store import Store


def next_context(cycle: Context) -> Context:
    """The context of the next cycle; raises `ConfigError` naming each file that it lacks and what to copy."""
    folder, year = cycle.settings.config_dir, cycle.config.report_year
    following = year + 1
    faults = []
    if following not in known_cycles(folder):
        remedy = f"copy calendar/{year}.yaml to it and set report_year, previous_report_on and each day"
        faults.append(Fault(f"config/calendar/{following}.yaml", "", f"cycle {following} has no calendar yet", remedy))
    if not (folder / "holidays" / f"{following}.csv").exists():
        remedy = f"run: tipcycle renew-holidays {following}"
        faults.append(Fault(f"config/holidays/{following}.csv", "", f"no holidays of {following} are stored", remedy))
    if faults:
        raise ConfigError(faults)
    return context(following)


def next_list(following: Context) -> tuple[Listed, ...]:
    """The special watch list that the next cycle will record, from config as it stands."""
    config = following.config
    on = config.calendar.step("special-watch-list").planned_on
    return special_watch_list(config.placements, config.previous_report, on=on, territories=config.territories)


def read_roll_over(store: Store, cycle: Context, following: Context, *, at: datetime) -> RollOver:
    """The diff as the ledger and config/ stand at `at`."""
    config, year = cycle.config, cycle.config.report_year
    coming = [entry.iso3 for entry in next_list(following)]
    listed = {entry.iso3 for entry in store.cycles.special_watch_list(year)}
    reached = with_contacts(store, cycle, at)
    return RollOver(
        report_year=year,
        next_year=following.config.report_year,
        watch_list=_list_change(following, listed, set(coming)),
        told_differently=_told_differently(store, following),
        carried_on=carried_on(config.plans, last_statuses(store, cycle), report_year=year, next_list=coming),
        law=law_changes(
            config.law,
            report_year=year,
            until=following.config.calendar.step("report-release").planned_on,
        ),
        dates=step_dates(config, following.config),
        posts=post_changes(config, following.config),
        ladders=ladder_changes(config, following.config),
        contacts=contacts_to_review(
            reached.config.positions,
            store.contacts.all(),
            refused=store.addresses.refused(),
            on=cycle.places.washington.local_date(at),
        ),
        missing=tuple(sorted(one.key for one in store.obligations.of_cycle(year) if one.standing == "missing")),
        released=tuple(map(_released, store.releases.of_cycle(year))) + _steps_released(store, cycle),
    )


def _list_change(following: Context, listed: set[str], coming: set[str]) -> ListChange:
    config = following.config
    if not placements_in_force(config.placements, config.previous_report, on=None):
        return ListChange(known=False)
    return ListChange(
        known=True,
        joins=tuple(sorted(coming - listed)),
        leaves=tuple(sorted(listed - coming)),
        stays=tuple(sorted(coming & listed)),
    )


def _told_differently(store: Store, following: Context) -> tuple[ToldDifferently, ...]:
    config, year = following.config, following.config.previous_report
    published = placements_in_force(config.placements, year, on=None)
    return placements_told_differently(
        {iso3: one.tier for iso3, one in published.items()},
        {iso3: one.tier for iso3, one in store.tiers.placements(year).items()},
    )


def _released(one: Release) -> str:
    return f"{one.document} v{one.version}, {one.nature}, {one.released_at:%Y-%m-%d}"


def _steps_released(store: Store, cycle: Context) -> tuple[str, ...]:
    """The releases of the calendar with their actual day, and how late that was by law."""
    lines = []
    for step in cycle.config.calendar.steps:
        if not step.id.endswith("-release"):
            continue
        for owed in store.obligations.of_cycle(cycle.config.report_year, step=step.id):
            if owed.answered_at is None:
                lines.append(f"{step.id}: not released")
                continue
            on = cycle.places.washington.local_date(owed.answered_at)
            lines.append(f"{step.id}: {on}{_late(on, step.statutory_on)}")
    return tuple(lines)


def _late(on: date, statutory_on: date | None) -> str:
    if statutory_on is None:
        return ""
    days = (on - statutory_on).days
    when = f"{days} days after" if days > 0 else f"{-days} days before" if days < 0 else "on"
    return f", {when} the law's day {statutory_on}"
