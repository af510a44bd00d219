"""What is a cable held against? Countries, posts and precedences as config/ has them; no cycle, no ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from tipcycle.cables.lint import Known
from tipcycle.config.parameters import read_law
from tipcycle.config.read import config_faults, read_yaml, validated_list
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.law import Law
from tipcycle.model.post import Country, Post


def load_known(config_dir: Path, *, on: date | None) -> Known:
    """Countries by TAGS, posts by designator, precedences by day; raises `ConfigError` with every fault found."""
    faults: list[Fault] = []
    law = read_law(config_dir, faults)
    countries = validated_list(
        Country,
        read_yaml(config_dir / "countries.yaml", faults, file="countries.yaml"),
        faults,
        file="countries.yaml",
        noun="country",
        name="iso3",
    )
    posts = validated_list(
        Post,
        read_yaml(config_dir / "posts.yaml", faults, file="posts.yaml"),
        faults,
        file="posts.yaml",
        noun="post",
        name="name",
    )
    if law is None or faults:
        raise ConfigError(config_faults(faults))
    return _known(countries, posts, law, on)


@lru_cache(maxsize=4)
def known_of(config: CycleConfig, *, on: date) -> Known:
    """The same from a cycle's config, which is read already; kept, for each request of a day asks it."""
    return _known(config.countries.values(), config.posts.values(), config.law, on)


def _known(countries: Iterable[Country], posts: Iterable[Post], law: Law, on: date | None) -> Known:
    countries = list(countries)
    tags = {country.iso3: country.tags for country in countries}
    answered: dict[str, tuple[str, ...]] = {}
    for post in posts:  # the desks of the Department share one designator
        covered = tuple(tags[iso3] for iso3 in post.covers if iso3 in tags)
        answered[post.designator] = answered.get(post.designator, ()) + covered
    return Known(
        countries={country.tags: country.in_text for country in countries},
        posts=answered,
        precedences=law.cable_precedences,
        on=on,
    )
