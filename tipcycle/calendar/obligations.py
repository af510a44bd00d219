"""What does a step owe, and for whom? Calendar × coverage × special watch list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tipcycle.calendar.deadline import due_at
from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.keys import obligation_key
from tipcycle.model.obligation import Obligation
from tipcycle.model.step import Step

_OFFICE_OWNER = "gtip.action-officer"


def obligations_of(
    step: Step, *, config: CycleConfig, places: Places, special_watch_list: Iterable[str], country: str | None = None
) -> list[Obligation]:
    """The obligations of one step in order of country, not yet opened; `special_watch_list` holds iso3 codes.

    With a `country` only what is owed for that one: nothing of a step that is owed once a cycle.
    """
    match step.per:
        case "cycle":
            countries: Sequence[str | None] = [None]
        case "watch-list country":
            countries = sorted(special_watch_list)
        case "country":
            countries = sorted(iso3 for post in config.posts.values() for iso3 in post.covers)
    asked = countries if country is None else [one for one in countries if one == country]
    return [obligation_of(step, one, config=config, places=places) for one in asked]


def obligation_of(step: Step, country: str | None, *, config: CycleConfig, places: Places) -> Obligation:
    """What a step owes for one country (None: for the cycle as a whole), not yet opened."""
    post = config.post_for(country).id if country else None
    owned_by_post = step.owner == "post"
    return Obligation(
        key=obligation_key(config.report_year, step.id, country),
        report_year=config.report_year,
        step=step.id,
        post=post if owned_by_post else None,
        country=country,
        owner=f"{post}.action-officer" if owned_by_post else _OFFICE_OWNER,
        planned_on=step.planned_on,
        original_on=step.planned_on,
        due_at=due_on(step.planned_on, post if owned_by_post else None, places),
    )


def due_on(planned_on: date, post: str | None, places: Places) -> datetime:
    """The due moment of a planned day on the clock of `post` (None: the Department's)."""
    return due_at(planned_on, places.of_owner(post).zone)
