"""Write the workbook, or the template of a cable, in which a post answers for one country."""

from __future__ import annotations

import argparse
from pathlib import Path

STEPS = ("demarche", "progress-report", "annual-submission")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The country, and which answer."""
    parser.add_argument("country", metavar="COUNTRY", help="a name or ISO3, such as Azerbaijan or AZE")
    parser.add_argument(
        "--report-year", type=int, metavar="YEAR", help="default: the latest cycle with action plans in config/"
    )
    parser.add_argument("--step", choices=STEPS, default="progress-report", help="default: progress-report")
    parser.add_argument("--cable", action="store_true", help="the template of a cable instead of an .xlsx")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: COUNTRY-STEP-YEAR in this folder")


def run(parsed: argparse.Namespace) -> int:
    """A file that is there already is replaced only if it is named with --out."""
    from tipcycle.config.load import latest_planned_cycle
    from tipcycle.errors import SubmissionError
    from tipcycle.operations.make_workbook import template_for, workbook_for
    from tipcycle.settings import settings

    year = parsed.report_year or latest_planned_cycle(settings().config_dir)
    make = template_for if parsed.cable else workbook_for
    name, content = make(year, country=parsed.country, step=parsed.step)
    path = parsed.out or Path(name)
    if parsed.out is None and path.exists():
        raise SubmissionError(f"{path}: is there already; name another file with --out")
    path.write_bytes(content)
    what = "template of a cable" if parsed.cable else "workbook"
    print(f"{path}: {what} for {parsed.step}, {parsed.country}, Report of {year}")
    return 0
