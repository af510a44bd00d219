"""Values that many tests start from, each with one thing said and the rest plausible."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tipcycle.calendar.obligations import obligations_of
from tipcycle.calendar.places import Places
from tipcycle.config import load_config
from tipcycle.model.action_request import ActionRequest, TwoYearLimit
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Listed
from tipcycle.requests.build import build_action_request
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import ROOT

DUE_ON = date(2009, 11, 15)


@cache
def config() -> CycleConfig:
    """The real config of cycle 2010."""
    return load_config(ROOT / "config", 2010)


@cache
def places() -> Places:
    """Its working times."""
    return Places(config())


def utc(text: str) -> datetime:
    """`2009-11-16 14:00` as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def obligation(country: str = "AZE", **changed: Any) -> Obligation:
    """A progress report of the post that answers for `country`, asked on 21 September."""
    from tipcycle.calendar.obligations import due_on

    post = config().post_for(country).id
    values: dict[str, Any] = {
        "key": f"obligation:2010:progress-report:{country}",
        "report_year": 2010,
        "step": "progress-report",
        "post": post,
        "country": country,
        "owner": f"{post}.action-officer",
        "planned_on": DUE_ON,
        "original_on": DUE_ON,
        "due_at": due_on(changed.get("planned_on", DUE_ON), post, places()),
        "opened_at": utc("2009-09-21 14:00"),
    }
    return Obligation(**(values | changed))


def notices(of: Obligation, *, opened_at: datetime | None = None) -> list[Notice]:
    """The notices of an obligation as its ladder compiles them."""
    from tipcycle.ladder.compile_notices import compile_notices

    compiled = compile_notices(
        of,
        config().ladders["progress-report"],
        post=config().posts[of.post or ""],
        positions=config().positions,
        places=places(),
        opened_at=opened_at or of.opened_at or utc("2009-09-21 14:00"),
    )
    return list(compiled.notices)


@cache
def listed() -> dict[str, Listed]:
    """The entries of the special watch list that cycle 2010 follows up, by iso3."""
    entries = special_watch_list(config().placements, 2009, on=date(2009, 9, 14), territories=config().territories)
    return {entry.iso3: entry for entry in entries}


def action_request(iso3: str = "AZE", *, by: CycleConfig | None = None, **changed: Any) -> ActionRequest:
    """The content of one request, its dates those of the calendar; the two-year limit stands at one Report of two."""
    by = by or config()
    demarche, report = (
        obligations_of(by.calendar.step(step), config=by, places=places(), special_watch_list=[iso3])[0]
        for step in ("demarche", "progress-report")
    )
    on_the_list = listed()[iso3].group == "tier_2_watch_list"
    values: dict[str, Any] = {
        "demarche": demarche,
        "report": report,
        "config": by,
        "places": places(),
        "dated": date(2009, 9, 21),
        "limit": TwoYearLimit(counted_reports=1, earliest_effect=2011) if on_the_list else None,
    }
    return build_action_request(listed()[iso3], **(values | changed))
