"""Draft the interim assessment, if that is owed."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cycle and the moment."""
    add_year(parser)
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints how many files were written and where."""
    from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters
    from tipcycle.operations.context import context

    at = parsed.at or now()
    owed = owed_chapters(parsed.report_year, at)
    print(owed.line)
    if owed.countries:
        files = write_chapters(parsed.report_year, owed.countries, at)
        record_draft(parsed.report_year, at)
        print(f"{files} files in {context(parsed.report_year).documents / 'interim-assessment'}")
    return 0
