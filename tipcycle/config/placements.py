"""Where was each country placed? Placement files read line by line, with every fault of them told at once.

`tier_history.csv` is as published; `corrections.csv` holds dated rows beside it. A coordinator's own file for
`tipcycle rules` has the same columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast, get_args

from tipcycle.errors import Fault
from tipcycle.model.placement import Placement, Tier

REPORT_COLUMNS = ("report_year", "country", "iso3", "tier")
CORRECTION_COLUMNS = ("report_year", "iso3", "tier", "effective_on")
LARGEST = 20_000_000  # bytes; every Report there ever was takes 50,000
_FIRST_REPORT, _LAST_REPORT = 2001, 2100
_ISO3 = re.compile(r"[A-Z]{3}")
_YEAR = re.compile(r"[0-9]{4}")


def read_placements(config_dir: Path, faults: list[Fault]) -> tuple[Placement, ...]:
    """Every placement of both files of config/, faults added."""
    folder = "placements"
    return read_placement_files(
        (
            (config_dir / folder / "tier_history.csv", f"{folder}/tier_history.csv", REPORT_COLUMNS),
            (config_dir / folder / "corrections.csv", f"{folder}/corrections.csv", CORRECTION_COLUMNS),
        ),
        faults,
    )


def read_placement_files(
    files: Sequence[tuple[Path, str, Sequence[str]]], faults: list[Fault]
) -> tuple[Placement, ...]:
    """The placements of several files (path, shown name, needed columns) that together are one history.

    A faulty line is left out and told with its number; so is a country-year that stands twice for the same day.
    """
    rows: list[Placement] = []
    seen: dict[tuple[int, str, date | None], str] = {}
    for path, file, columns in files:
        for line, cells in _lines(path, file, columns, faults):
            placement = _placement(cells, faults, file=file, line=line)
            if placement is None:
                continue
            key = (placement.report_year, placement.iso3, placement.effective_on)
            if key in seen:
                day = placement.effective_on
                since = f" from {day}" if day else ""
                value = f"{placement.iso3} in {placement.report_year}{since} stands twice, first in {seen[key]}"
                remedy = "keep one" if day else "keep one, or give a correction its effective_on"
                faults.append(Fault(file, f"line {line}", value, remedy))
                continue
            seen[key] = f"{file} line {line}"
            rows.append(placement)
    return tuple(rows)


def _lines(path: Path, file: str, columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    """The rows by column name with the line each ends on; none where the file as a whole cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            size = f"{path.stat().st_size:,} bytes"
            faults.append(Fault(file, "", size, f"no placement file is larger than {LARGEST:,} bytes; name another"))
            return []
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(file, "", "", "the file is missing; restore it"))
        return []
    except OSError as error:
        faults.append(Fault(file, "", str(error.strerror), "name a file that can be read"))
        return []
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8"))
        return []
    return _rows(text, file, columns, faults)


def _rows(text: str, file: str, columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    if not text.strip():
        faults.append(Fault(file, "", "is empty", f"its first line names the columns: {','.join(columns)}"))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        header = [name.strip() for name in next(reader)]
        if not _header_is_right(header, file, columns, faults):
            return []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(header):
                value = f"{len(cells)} cells, the header has {len(header)}"
                faults.append(Fault(file, f"line {reader.line_num}", value, "add what is missing"))
                continue
            rows.append((reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False))))
    except csv.Error as error:
        faults.append(Fault(file, f"line {reader.line_num}", f"not CSV: {error}", "correct its quotes"))
    if not rows and not any(fault.file == file for fault in faults):
        faults.append(Fault(file, "", "has a header and no rows", "add the placements"))
    return rows


def _header_is_right(header: list[str], file: str, columns: Sequence[str], faults: list[Fault]) -> bool:
    before = len(faults)
    for name in columns:
        if name not in header:
            faults.append(Fault(file, "line 1", f"no column {name}", f"it needs {', '.join(columns)}, in any order"))
    for name in dict.fromkeys(columns):
        if header.count(name) > 1:
            faults.append(Fault(file, "line 1", f"the column {name} stands twice", "keep one"))
    return len(faults) == before


def _placement(cells: dict[str, str], faults: list[Fault], *, file: str, line: int) -> Placement | None:
    before = len(faults)
    place = f"line {line}"
    year, iso3, tier = cells["report_year"], cells["iso3"], cells["tier"]
    if not _YEAR.fullmatch(year) or not _FIRST_REPORT <= int(year) <= _LAST_REPORT:
        remedy = f"give a report year from {_FIRST_REPORT} to {_LAST_REPORT}"
        faults.append(Fault(file, place, f'report_year "{year}"', remedy))
    if not _ISO3.fullmatch(iso3):
        faults.append(Fault(file, place, f'iso3 "{iso3}"', "give the three capital letters of the country"))
    if tier not in get_args(Tier):
        faults.append(Fault(file, place, f'tier "{tier}"', "use 1, 2, 2WL, 3 or special"))
    effective = _effective_on(cells.get("effective_on") or "", place, file, faults)
    if len(faults) > before:
        return None
    return Placement(
        report_year=int(year),
        iso3=iso3,
        tier=cast(Tier, tier),
        source=cells.get("source") or "",
        effective_on=effective,
        day_assumed=cells.get("day_assumed") == "yes",
        country=cells.get("country") or "",
    )


def _effective_on(text: str, place: str, file: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(Fault(file, place, f'effective_on "{text}"', "write a date that exists, as 2009-09-14"))
        return None
