"""How long does a filled workbook of 1,000 rows take to read, and how much memory? In a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from tests.bench.measured import Measured
from tests.workbooks import KEY, opened, saved
from tipcycle.settings import ROOT

ROWS = 1_000
_CHILD = """
import json, sys, time
from pathlib import Path
from tests.bench.memory import peak_mb
from tipcycle.intake.read_submission import read_submission
began = time.perf_counter()
read = read_submission(Path(sys.argv[1]), max_bytes=10_000_000, key=sys.argv[2].encode())
seconds = time.perf_counter() - began
assert read.submission is not None, read.findings[:3]
print(json.dumps({"rows": len(read.submission.statistics), "seconds": seconds, "peak": peak_mb()}))
"""


def large_workbook() -> bytes:
    """A progress report with 1,000 figures, every column filled in; figures and names are made up."""
    book = opened()
    book["Answer"]["B5"].value = "baku.action-officer"
    page = book["Statistics"]
    for number in range(ROWS):
        values = ["sentences", "provided", date(2009, 4, 1), date(2009, 10, 31), 9, 3, 6, "specific evidence"]
        values += [f"Article {number} (made up)", "wiretaps", "High Court", "bulletin", "verdicts", "High Court"]
        values += [8, "yes", "", "not known", "", 3, "36, 60", 1, 1, 1, 1, 1]
        for column, value in enumerate(values, 1):
            page[f"{get_column_letter(column)}{5 + number}"].value = value
    return saved(book)


def read_workbook(rounds: int) -> list[Measured]:
    """Median of the reads, and the peak of the whole process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        path.write_bytes(large_workbook())
        command = [sys.executable, "-c", _CHILD, str(path), KEY.decode()]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout) for _ in range(rounds)
        ]
    return [
        Measured(
            0, "reading a filled workbook of 1,000 rows", statistics.median(run["seconds"] for run in runs), "s", 2
        ),
        Measured(0, "  peak of the process that reads it", max(run["peak"] for run in runs), "MB", 200),
    ]
