"""Where was each country placed? Placement files read line by line, with every fault of them told at once.

`tier_history.csv` is as published; `corrections.csv` holds dated rows beside it. A coordinator's own file for
`tipcycle rules` has the same columns.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from tipcycle.errors import Fault
from tipcycle.model.placement import PUBLISHED, Placement, Tier

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
    files: Sequence[tuple[Path, str, Sequence[str]]],
    faults: list[Fault],
    *,
    if_missing: str = "the file is missing; restore it",
) -> tuple[Placement, ...]:
    """The placements of several files (path, shown name, needed columns) that together are one history.

    A faulty line is left out and told with its number; so is a country-year that stands twice for the same day.
    Faults stand in the order of the files and of their lines.
    """
    rows: list[Placement] = []
    seen: dict[tuple[int, str, date | None], str] = {}
    for path, file, columns in files:
        text = _text(path, file, faults, if_missing=if_missing)
        for line, cells in _rows(text, file, columns, faults) if text is not None else ():
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


def _text(path: Path, file: str, faults: list[Fault], *, if_missing: str) -> str | None:
    """What the file holds; None with a fault where it cannot be read as a whole.

    Never waits and never reads more than is allowed, whatever the path leads to and however it grows meanwhile.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                faults.append(Fault(file, "", "is no ordinary file", "name a CSV file"))
                return None
            content = stream.read(LARGEST + 1) if status.st_size <= LARGEST else b""
            size = max(status.st_size, len(content))
    except FileNotFoundError:
        faults.append(Fault(file, "", "", if_missing))
        return None
    except OSError as error:
        faults.append(Fault(file, "", str(error.strerror), "name a file that can be read"))
        return None
    except ValueError:  # a NUL in the path
        faults.append(Fault(file, "", "is no path", "name a file that can be read"))
        return None
    if size > LARGEST:
        remedy = f"no placement file is larger than {LARGEST:,} bytes; name another"
        faults.append(Fault(file, "", f"{size:,} bytes", remedy))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8"))
        return None


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # a named pipe without a writer would keep open() waiting


def _rows(text: str, file: str, columns: Sequence[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each good row by column name with the line it ends on; a faulty one adds its fault in its turn."""
    if not text.strip():
        faults.append(Fault(file, "", "is empty", f"its first line names the columns: {','.join(columns)}"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    any_row = False
    try:
        header = [name.strip() for name in next(reader)]
        if not _header_is_right(header, file, columns, faults):
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            any_row = True
            fault = _fault_of_row(cells, header)
            if fault:
                faults.append(Fault(file, f"line {reader.line_num}", *fault))
                continue
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        faults.append(Fault(file, f"line {reader.line_num}", f"not CSV: {error}", "correct its quotes"))
        return
    if not any_row:
        faults.append(Fault(file, "", "has a header and no rows", "add the placements"))


def _fault_of_row(cells: Sequence[str], header: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the cells as such, and its remedy."""
    if len(cells) < len(header):
        return f"{len(cells)} cells, the header has {len(header)}", "add what is missing"
    if len(cells) > len(header):
        return f"{len(cells)} cells, the header has {len(header)}", "put a cell that holds a comma in quotes"
    nul = next((name for name, cell in zip(header, cells, strict=True) if "\0" in cell), None)
    if nul is not None:
        return f"the cell {nul} holds a NUL character", "take it out"
    return None


def _header_is_right(header: list[str], file: str, columns: Sequence[str], faults: list[Fault]) -> bool:
    before = len(faults)
    if len(header) == 1 and header[0].count(";") >= len(columns) - 1:
        faults.append(Fault(file, "line 1", "its columns are separated by semicolons", "save it with commas"))
        return False
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
    if tier not in PUBLISHED:
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
