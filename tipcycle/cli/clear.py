"""Record that a position clears or returns documents."""

from __future__ import annotations

import argparse
from typing import get_args

from tipcycle.cli.options import add_at, add_year, ended, now
from tipcycle.model.document import DocumentKind


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind of document, the countries, the decision, who decides."""
    parser.add_argument("document", choices=get_args(DocumentKind), help="the kind of document")
    add_year(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--country", nargs="+", metavar="COUNTRY", help="decide upon these (iso3 or name)")
    which.add_argument("--all", action="store_true", help="decide upon all that wait for this position")
    parser.add_argument("--except", dest="excluding", nargs="+", default=[], metavar="COUNTRY", help="leave these out")
    parser.add_argument("--by", required=True, metavar="POSITION", help="in whose name, such as eur.bureau")
    parser.add_argument(
        "--acting", default="", metavar="POSITION", help="who decides in its place, by a delegation in force that day"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--comments", default="", metavar="NOTE", help="clear with these comments, which are kept")
    how.add_argument("--return", dest="returned", action="store_true", help="return them instead of clearing them")
    parser.add_argument("--note", default="", help="why; a return needs one")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)
    parser.set_defaults(usage_error=parser.error)


def run(parsed: argparse.Namespace) -> int:
    """The preview, and with --yes the deed."""
    from tipcycle.model.document import CHAPTERS_OF
    from tipcycle.operations.clear_documents import clear_documents

    if parsed.document not in CHAPTERS_OF and not (parsed.country or parsed.all):
        parsed.usage_error("one of --country and --all is required")
    report = clear_documents(
        parsed.report_year,
        document=parsed.document,
        decision="returned" if parsed.returned else "commented" if parsed.comments else "cleared",
        position=parsed.by,
        acting=parsed.acting,
        countries=parsed.country or (),
        excluding=parsed.excluding,
        note=parsed.comments or parsed.note,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    for line in report.lines:
        print(line)
    return ended(parsed, f"{report.decided} decided" if report.done else "", report.to_sign)
