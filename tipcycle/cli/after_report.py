"""What is due after the Report, and what of it was done."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The Report."""
    add_year(parser)
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """A line each: what, for whom, from when to when, how it stands, and the section that asks for it."""
    from tipcycle.operations.after_report import after_report, as_document

    after = after_report(parsed.report_year, parsed.at or now())
    if parsed.json:
        print_json(as_document(after))
        return 0
    known = after.report.known
    print(f"{after.report_year} Report of {after.report.on} ({known}); placements from {after.placements}")
    for one in after.due:
        span = f"{one.first} to {one.last}" if one.first else f"by {one.last}"
        done = f" on {one.done_on} {one.kind}".rstrip() if one.done_on else ""
        print(f"{one.iso3 or 'all':<5}{one.what:<42}{span:<26}{one.state}{done}  [{one.source}]")
    return 0
