"""Measure the product against its bars: `python -m tests.bench [ROW …] [--rounds N]`.

Prints a table and writes var/bench/DATE.json and .svg. When every row was asked for, docs/performance.md and its
picture are written anew too. Absolute seconds move from machine to machine; ratios, counts and exponents should not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tests.bench.chart import draw
from tests.bench.measured import Measured, NotMeasuredError
from tests.bench.page import PAGE, PICTURE, renewed
from tests.bench.rows import ROWS
from tests.reliability.findings import machine
from tipcycle.settings import ROOT


def main() -> int:
    """1 when a bar is missed or a row could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", metavar="ROW", type=int, nargs="*", help="targets, 0 for the rest; default all")
    parser.add_argument("--without", metavar="ROW", type=int, action="append", default=[], help="leave this one out")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side of a comparison runs (default 3)")
    wanted = parser.parse_args()
    measured, missing = _measure(wanted.rows, wanted.rounds, without=wanted.without)
    results = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine(),
        "rounds": wanted.rounds,
        "figures": [asdict(one) | {"verdict": one.verdict} for one in measured],
        "not_measured": missing,
    }
    _print(measured, missing)
    _write(results, measured, whole=not wanted.rows)
    return 1 if missing or any(one.verdict == "not met" for one in measured) else 0


def _measure(rows: list[int], rounds: int, *, without: list[int]) -> tuple[list[Measured], list[dict[str, Any]]]:
    measured: list[Measured] = []
    missing: list[dict[str, Any]] = []
    for numbers, measure in ROWS:
        if rows and not set(rows) & set(numbers):
            continue
        if set(without) & set(numbers):
            missing.append({"rows": list(numbers), "why": "left out of this run"})
            continue
        began = time.monotonic()
        try:
            measured += measure(rounds)
        except NotMeasuredError as error:
            missing.append({"rows": list(numbers), "why": str(error)})
        print(f"  {measure.__name__.replace('_', ' ')}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return measured, missing


def _print(measured: list[Measured], missing: list[dict[str, Any]]) -> None:
    for one in measured:
        row = f"{one.row:>2}" if one.row and not one.what.startswith(" ") else "  "
        print(f"{row}  {one.what:<72}{one.told:>14}  {one.bar_told:<16}{one.verdict}")
        if one.note:
            print(f"      ({one.note})")
    for gap in missing:
        print(f"not measured, {gap['rows']}: {gap['why']}")


def _write(results: dict[str, Any], measured: list[Measured], *, whole: bool) -> None:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{results['date']}.json"
    target.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    picture = draw(measured)
    target.with_suffix(".svg").write_text(picture, encoding="utf-8")
    print(f"written: {target.relative_to(ROOT)} and .svg")
    if whole:
        PICTURE.write_text(picture, encoding="utf-8")
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), results, measured), encoding="utf-8")
        print(f"renewed: {PAGE.relative_to(ROOT)} and {PICTURE.name}")


if __name__ == "__main__":
    sys.exit(main())
