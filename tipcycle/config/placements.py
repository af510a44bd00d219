"""Where was each country placed? tier_history.csv as published, corrections.csv as dated rows beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast, get_args

from tipcycle.config.read import read_csv
from tipcycle.errors import Fault
from tipcycle.model.placement import Placement, Tier


def read_placements(config_dir: Path, faults: list[Fault]) -> tuple[Placement, ...]:
    """Every placement of both files; a faulty line is left out and told with its number."""
    rows = []
    for file in ("placements/tier_history.csv", "placements/corrections.csv"):
        for line, row in _lines(config_dir / file, file, faults):
            placement = _placement(row, faults, file=file, line=line)
            if placement:
                rows.append(placement)
    return tuple(rows)


def _lines(path: Path, file: str, faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(read_csv(path, faults, file=file, columns=("report_year", "iso3", "tier")), 2))


def _placement(row: dict[str, str], faults: list[Fault], *, file: str, line: int) -> Placement | None:
    place = f"line {line}"
    if row.get("tier") not in get_args(Tier):
        faults.append(Fault(file, place, f'tier "{row.get("tier")}"', "use 1, 2, 2WL, 3 or special"))
        return None
    try:
        effective = date.fromisoformat(row["effective_on"]) if row.get("effective_on") else None
        year = int(row["report_year"])
    except (KeyError, TypeError, ValueError) as error:
        faults.append(Fault(file, place, str(error), "give a year such as 2009 and a date such as 2009-09-14"))
        return None
    return Placement(
        report_year=year,
        iso3=row["iso3"],
        tier=cast(Tier, row["tier"]),
        source=row.get("source") or "",
        effective_on=effective,
        day_assumed=row.get("day_assumed") == "yes",
    )
