"""Draft the interim assessment, if that is owed."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment."""
    add_year(parser)
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints how many files were written and where; exit 1 names each chapter that could not be."""
    from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters
    from tipcycle.operations.context import context

    at = parsed.at or now()
    owed = owed_chapters(parsed.report_year, at)
    print(owed.line)
    if not owed.countries:
        return 0
    written = write_chapters(parsed.report_year, owed.countries, at)
    print(f"{written.files} files in {context(parsed.report_year).documents / 'interim-assessment'}")
    for problem in written.problems:
        print(problem, file=sys.stderr)
    if written.problems:
        return 1
    record_draft(parsed.report_year, at)
    return 0
