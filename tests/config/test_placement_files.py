"""A placement file with faults is refused with all of them, each with its line; a good one is read in any order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tipcycle.config.placements import CORRECTION_COLUMNS, LARGEST, REPORT_COLUMNS, read_placement_files
from tipcycle.errors import Fault

HEADER = "report_year,country,iso3,tier\n"


def faults_of(tmp_path: Path, content: str | bytes, corrections: str = "") -> list[str]:
    """Every fault, as it is printed."""
    path = tmp_path / "mine.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    files = [(path, "mine.csv", REPORT_COLUMNS)]
    if corrections:
        more = tmp_path / "more.csv"
        more.write_text(corrections)
        files.append((more, "more.csv", CORRECTION_COLUMNS))
    faults: list[Fault] = []
    read_placement_files(files, faults)
    return [str(fault) for fault in faults]


def test_columns_stand_in_any_order_further_ones_are_ignored_and_a_bom_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"\xef\xbb\xbftier, note ,iso3,report_year,country\r\n2WL,x,AZE, 2009 ,Azerbaijan\r\n\r\n")
    faults: list[Fault] = []

    rows = read_placement_files([(path, "mine.csv", REPORT_COLUMNS)], faults)

    assert faults == []
    assert [(row.report_year, row.iso3, row.tier, row.country) for row in rows] == [(2009, "AZE", "2WL", "Azerbaijan")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(
            "", ["mine.csv: is empty; its first line names the columns: report_year,country,iso3,tier"], id="empty"
        ),
        pytest.param(HEADER, ["mine.csv: has a header and no rows; add the placements"], id="no rows"),
        pytest.param(
            HEADER + "2010,Haiti,HTI,none\n",
            ['mine.csv: line 2: tier "none"; use 1, 2, 2WL, 3 or special'],
            id="no placement: a decision of the ledger, and no row of a Report",
        ),
        pytest.param(
            "year,country,iso,tier\n",
            [
                "mine.csv: line 1: no column report_year; it needs report_year, country, iso3, tier, in any order",
                "mine.csv: line 1: no column iso3; it needs report_year, country, iso3, tier, in any order",
            ],
            id="wrong header",
        ),
        pytest.param(
            "report_year,country,iso3,tier,tier\n2009,A,AZE,2,3\n",
            ["mine.csv: line 1: the column tier stands twice; keep one"],
            id="column twice",
        ),
        pytest.param(
            HEADER + "2009,A,AZE,2WL\n2009,A,AZE,3\n",
            [
                "mine.csv: line 3: AZE in 2009 stands twice, first in mine.csv line 2; keep one, or give a correction "
                "its effective_on"
            ],
            id="country-year twice",
        ),
        pytest.param(
            HEADER + "2009,A,AZE,2W\nMMIX,B,BGD,2\n1999,C,CHN,3\n2009,D,dza,1\n2009,E\n",
            [
                'mine.csv: line 2: tier "2W"; use 1, 2, 2WL, 3 or special',
                'mine.csv: line 3: report_year "MMIX"; give a report year from 2001 to 2100',
                'mine.csv: line 4: report_year "1999"; give a report year from 2001 to 2100',
                'mine.csv: line 5: iso3 "dza"; give the three capital letters of the country',
                "mine.csv: line 6: 2 cells, the header has 4; add what is missing",
            ],
            id="five faults in five lines",
        ),
        pytest.param(
            HEADER + "2009,Congo, Republic of the,COG,2WL\n2009,A,AZE,4\n",
            [
                "mine.csv: line 2: 5 cells, the header has 4; put a cell that holds a comma in quotes",
                'mine.csv: line 3: tier "4"; use 1, 2, 2WL, 3 or special',
            ],
            id="more cells than the header",
        ),
        pytest.param(
            HEADER + "2009,A\0,AZE,2\n",
            ["mine.csv: line 2: the cell country holds a NUL character; take it out"],
            id="NUL",
        ),
        pytest.param(
            HEADER.replace(",", ";") + "2009;A;AZE;2\n",
            ["mine.csv: line 1: its columns are separated by semicolons; save it with commas"],
            id="semicolons",
        ),
        pytest.param(b"report_year,\xff", ["mine.csv: byte 12: not UTF-8; save the file as UTF-8"], id="not text"),
        pytest.param(
            HEADER + '2009,"A,AZE,2\n',
            ["mine.csv: line 2: not CSV: unexpected end of data; correct its quotes"],
            id="open quote",
        ),
    ],
)
def test_every_fault_is_told_with_its_line(tmp_path: Path, content: str | bytes, told: list[str]) -> None:
    assert faults_of(tmp_path, content) == told


def test_a_correction_stands_beside_its_report_and_not_twice_on_one_day(tmp_path: Path) -> None:
    correction = "report_year,iso3,tier,effective_on\n2009,AZE,3,2009-09-14\n"

    assert faults_of(tmp_path, HEADER + "2009,A,AZE,2WL\n", correction) == []
    assert faults_of(
        tmp_path, HEADER + "2009,A,AZE,2WL\n", correction + "2009,AZE,2,2009-09-14\n2009,AZE,2,2009-02-30\n"
    ) == [
        "more.csv: line 3: AZE in 2009 from 2009-09-14 stands twice, first in more.csv line 2; keep one",
        'more.csv: line 4: effective_on "2009-02-30"; write a date that exists, as 2009-09-14',
    ]


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    with path.open("wb") as out:
        out.truncate(100_000_000)
    faults: list[Fault] = []

    read_placement_files([(path, "mine.csv", REPORT_COLUMNS)], faults)

    assert [str(fault) for fault in faults] == [
        f"mine.csv: 100,000,000 bytes; no placement file is larger than {LARGEST:,} bytes; name another"
    ]


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    faults: list[Fault] = []

    read_placement_files([(tmp_path, "folder", REPORT_COLUMNS), (tmp_path / "no", "no", REPORT_COLUMNS)], faults)

    assert [str(fault) for fault in faults] == [
        "folder: Is a directory; name a file that can be read",
        "no: the file is missing; restore it",
    ]


@pytest.mark.parametrize("endless", ["/dev/zero", "pipe"])
def test_what_never_ends_is_refused_without_reading_it(tmp_path: Path, endless: str) -> None:
    path = tmp_path / endless  # an absolute path stays what it is
    if not path.exists():
        os.mkfifo(path)
    faults: list[Fault] = []

    read_placement_files([(path, "endless", REPORT_COLUMNS)], faults)

    assert [str(fault) for fault in faults] == ["endless: is no ordinary file; name a CSV file"]
