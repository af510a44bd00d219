"""Which days off does each host country keep? config/holidays/YEAR.csv holds the dates; this reads and renews them.

The dates come from the package `holidays`. They are stored because working a calendar out costs half a second,
because lunar dates are estimates that a person may have to correct, and so that a newer package moves no reminder.
"""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tipcycle.config.read import read_csv
from tipcycle.errors import Fault

_COLUMNS = ["on", "country", "name"]
# Codes that the package knows by their two letters only (the month of March hides Morocco's three).
_PACKAGE_CODE = {"BGR": "BG", "BHR": "BH", "GTM": "GT", "MAR": "MA", "SWZ": "SZ", "XKX": "XK"}


def read_holidays(folder: Path) -> tuple[dict[str, dict[date, str]], list[Fault]]:
    """Holidays by iso3 and date from every YEAR.csv of `folder`, and the faults found."""
    found: dict[str, dict[date, str]] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.csv")):
        file = f"holidays/{path.name}"
        for line, row in enumerate(read_csv(path, faults, file=file, columns=_COLUMNS), 2):
            try:
                day = date.fromisoformat(row["on"])
            except (TypeError, ValueError):
                faults.append(Fault(file, f"line {line}: on", f'"{row["on"]}"', "write a date as 2009-11-26"))
                continue
            found.setdefault(row["country"], {})[day] = row["name"]
    return found, faults


def renew_holidays(folder: Path, year: int, hosts: Iterable[str]) -> tuple[int, list[str]]:
    """Write `folder`/YEAR.csv anew from the package; return its rows and the hosts the package does not know."""
    import holidays  # half a second, and needed only here

    rows: list[tuple[str, str, str]] = []
    unknown: list[str] = []
    for host in sorted(set(hosts) | {"USA"}):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                kept = holidays.country_holidays(
                    _PACKAGE_CODE.get(host, host), years=year, language=_language(holidays, host)
                )
        except NotImplementedError:
            unknown.append(host)
            continue
        rows += [(day.isoformat(), host, name) for day, name in kept.items()]
    rows.sort()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{year}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
    return len(rows), unknown


def _language(package: object, host: str) -> str | None:
    """English where the package has it: the names stand in messages."""
    languages = package.list_localized_countries(include_aliases=True)  # type: ignore[attr-defined]
    known = languages.get(_PACKAGE_CODE.get(host, host), ())
    return next((code for code in ("en_US", "en_GB", "en") if code in known), None)
