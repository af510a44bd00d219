"""Draft the interim or the full assessment chapter by chapter, if that is owed, or draw it as it stands."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, add_year, now
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle, the assessment and the moment."""
    add_year(parser)
    parser.add_argument(
        "--document",
        choices=("interim-assessment", "full-assessment"),
        default="interim-assessment",
        help="which assessment; interim-assessment unless it is named",
    )
    parser.add_argument(
        "--compile",
        action="store_true",
        help="draw the chapters as they stand as one document, marked DRAFT: Markdown, Word and PDF",
    )
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints how many files were written and where; exit 1 names each chapter that could not be."""
    if parsed.compile:
        return _compile(parsed)
    from tipcycle.operations.context import context

    full = parsed.document == "full-assessment"
    if full:
        from tipcycle.operations.assemble_full_assessment import owed_full_chapters as owed_chapters
        from tipcycle.operations.assemble_full_assessment import record_full_draft as record_draft
        from tipcycle.operations.assemble_full_assessment import write_full_chapters as write_chapters
    else:
        from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters

    at = parsed.at or now()
    owed = owed_chapters(parsed.report_year, at)
    print(owed.line)
    if not owed.countries:
        return 0
    written = write_chapters(parsed.report_year, owed.countries, at)
    print(f"{counted_of(written.files, 'file')} in {context(parsed.report_year).documents / parsed.document}")
    for problem in written.problems:
        print(problem, file=sys.stderr)
    if written.problems:
        return 1
    record_draft(parsed.report_year, at)
    return 0


def _compile(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.compile_assessment import write_draft

    for path in write_draft(parsed.report_year, parsed.document, parsed.at or now()):
        print(path)
    return 0
