"""What do the rules of the law lean on? Parameters, territories, countries, placements: part of each cycle's config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tipcycle.config.parameters import TERRITORIES, read_law
from tipcycle.config.placements import read_placements
from tipcycle.config.read import config_faults, fingerprint, read_yaml, validated_list
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.law import Law
from tipcycle.model.placement import Placement
from tipcycle.model.post import Country, Territory


@dataclass(frozen=True, eq=False)
class LawConfig:
    """What is needed to say what the law says of a country; no cycle and no ledger."""

    law: Law
    countries: Mapping[str, Country]
    territories: tuple[Territory, ...]
    placements: tuple[Placement, ...]


def load_law(config_dir: Path) -> LawConfig:
    """The law's part of config/; raises `ConfigError` with every fault of its files. Kept until a file changes."""
    return _load(config_dir, fingerprint(config_dir))


@cache
def _load(config_dir: Path, stamp: object) -> LawConfig:
    faults: list[Fault] = []
    read = read_law_config(config_dir, faults)
    if read is None or faults:
        raise ConfigError(config_faults(faults))
    return read


def read_law_config(config_dir: Path, faults: list[Fault]) -> LawConfig | None:
    """The law's part of config/ with its faults added; None where a parameter is missing or faulty."""
    law = read_law(config_dir, faults)
    countries = validated_list(
        Country,
        read_yaml(config_dir / "countries.yaml", faults, file="countries.yaml"),
        faults,
        file="countries.yaml",
        noun="country",
        name="iso3",
    )
    file = f"parameters/{TERRITORIES}"
    territories = validated_list(
        Territory,
        read_yaml(config_dir / file, faults, file=file),
        faults,
        file=file,
        noun="territory",
        name="iso3",
    )
    placements = read_placements(config_dir, faults)
    if law is None:
        return None
    by_code = {country.iso3: country for country in countries}
    return LawConfig(law=law, countries=by_code, territories=tuple(territories), placements=placements)
