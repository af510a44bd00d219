"""Which country does a person mean?"""

from __future__ import annotations

from tipcycle.config.read import closest
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import Country


def find_country(config: CycleConfig, name: str) -> Country:
    """The country of that name or iso3, whatever its case; raises `ConfigError` with the nearest name."""
    wanted = name.casefold()
    for country in config.countries.values():
        if wanted in (country.iso3.casefold(), country.name.casefold(), country.in_text.casefold()):
            return country
    near = closest(name, [country.name for country in config.countries.values()])
    near = near or closest(name.upper(), list(config.countries))
    raise ConfigError([Fault("config/countries.yaml", "", f'no country "{name}"', f"name one of that file{near}")])
