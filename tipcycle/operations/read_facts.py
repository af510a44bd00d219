"""What happened that nobody was told yet? Acts of the log, with the country, post, step and cycle that each is about.

No address, no note and no text of a post is in a fact: events are kept by Prefect and may be sent on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tipcycle.errors import TipcycleError
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.fact import Fact, event_of
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.acts import Act

MOST = 500  # a server that was told nothing yet hears the last of them
_ABOUT = re.compile(r"(?:obligation|document|message|tier|split|cycle):(?P<year>\d{4})(?::(?P<rest>.*))?")


def last_fact() -> int | None:
    """The number of the newest act; None where there is no ledger, or only a rehearsal's, of which nothing is told."""
    try:
        with Store.read(settings().ledger_url) as store:
            return None if store.is_rehearsal else store.acts.last_number()
    except TipcycleError:
        return None  # whoever runs next says so


def facts_since(number: int) -> list[Fact]:
    """What happened after the act of that number, in order; at most the last 500."""
    with Store.read(settings().ledger_url) as store:
        known = store.acts.since(max(number, store.acts.last_number() - MOST))
    configs = {year: _config(year) for year in {_words(act.object)[0] for act in known}}
    return [_fact(act, configs) for act in known]


def _fact(act: Act, configs: Mapping[str, CycleConfig | None]) -> Fact:
    year, words = _words(act.object)
    config = configs[year]
    about = _about(words, config) if config else {}
    name = config.countries[about["country"]].name if config and "country" in about else next(iter(about.values()), "")
    if year:
        about["cycle"] = year
    actor = act.actor if act.actor == "tipcycle" or (config and act.actor in config.positions) else ""
    return Fact(act.number, event_of(act.act), act.at, actor, about, name or year, act.hash)


def _words(object: str) -> tuple[str, list[str]]:
    """`2010` and `progress-report`, `SEN` of an object's key; of a position's id that id; nothing of an address."""
    match = _ABOUT.fullmatch(object)
    if match:
        return match["year"], re.split(r"[:+]", match["rest"] or "")
    return "", [] if "@" in object else [object]


def _about(words: Iterable[str], config: CycleConfig) -> dict[str, str]:
    """What those words name, the closest first; the post of a country is the one that answers for it."""
    found: dict[str, str] = {}
    for word in words:
        head, _, tail = word.rpartition("-")
        for one in (word, word.partition(".")[0], head, tail):
            if one in config.countries:
                found.setdefault("country", one)
            elif one in config.posts:
                found.setdefault("post", one)
            elif any(one == step.id for step in config.calendar.steps):
                found.setdefault("step", one)
    if "country" in found:
        found["post"] = config.post_for(found["country"]).id
    return {kind: found[kind] for kind in ("country", "post", "step") if kind in found}


def _config(year: str) -> CycleConfig | None:
    """The cycle's config, or that of the newest cycle for what belongs to none."""
    try:
        return context(int(year) if year else _newest()).config
    except TipcycleError:
        return None  # a cycle whose config is gone: the fact is told without its country


def _newest() -> int:
    with Store.read(settings().ledger_url) as store:
        return max((row.report_year for row in store.cycles.all()), default=0)
