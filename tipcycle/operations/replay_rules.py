"""What do the rules say of a placement file of the coordinator's own? No cycle, no ledger; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tipcycle.config.law import load_law
from tipcycle.config.placements import CORRECTION_COLUMNS, REPORT_COLUMNS, read_placement_files
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.placement import Listed, Placement
from tipcycle.rules.placement_in_force import history_of
from tipcycle.rules.replay import Bite, replay
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import settings


@dataclass(frozen=True)
class Replayed:
    """Every bite in order of report year and iso3, and the country names that the file gives, by iso3."""

    bites: list[Bite]
    names: Mapping[str, str]


def replay_file(path: Path, corrections: Path | None, *, with_findings: bool) -> Replayed:
    """Where the two-year limit bit in the history of `path`; raises `ConfigError` with every fault of the files."""
    rows = _read(path, corrections)
    config = load_law(settings().config_dir)
    bites = replay(history_of(rows), config.law, territories=config.territories, with_findings=with_findings)
    return Replayed(bites, _names(rows))


@dataclass(frozen=True)
class WatchListed:
    """An entry of the special watch list with its name."""

    entry: Listed
    country: str


def watch_list_of_file(path: Path, corrections: Path | None, report_year: int) -> list[WatchListed]:
    """The special watch list after the Report of `report_year`, in order of iso3.

    Raises `ConfigError` for faulty files, and where that Report or the one before is not in them: who moved up would
    not be known.
    """
    rows = _read(path, corrections)
    covered = history_of(rows).covered
    missing = [year for year in (report_year - 1, report_year) if year not in covered]
    if missing:
        told = "as published; a dated row tells of its own country only"
        raise ConfigError(
            [Fault(str(path), "", f"has no row of the {year} Report {told}", "add its placements") for year in missing]
        )
    config = load_law(settings().config_dir)
    names = {iso3: country.name for iso3, country in config.countries.items()} | _names(rows)
    entries = special_watch_list(rows, report_year, on=None, territories=config.territories)
    return [WatchListed(entry, names.get(entry.iso3, entry.iso3)) for entry in entries]


def _read(path: Path, corrections: Path | None) -> tuple[Placement, ...]:
    faults: list[Fault] = []
    files = [(path, str(path), REPORT_COLUMNS)]
    if corrections:
        files.append((corrections, str(corrections), CORRECTION_COLUMNS))
    rows = read_placement_files(files, faults, if_missing="there is no such file; name one that exists")
    if faults:
        raise ConfigError(faults)
    return rows


def _names(rows: tuple[Placement, ...]) -> dict[str, str]:
    return {row.iso3: row.country for row in rows if row.country}
