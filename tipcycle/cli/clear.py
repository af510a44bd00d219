"""Record that a position clears or returns documents."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind of document, the countries, the decision, who decides."""
    parser.add_argument("document", choices=["action-request", "interim-chapter"], help="the kind of document")
    add_year(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--country", nargs="+", metavar="COUNTRY", help="decide upon these (iso3 or name)")
    which.add_argument("--all", action="store_true", help="decide upon all that this position may")
    parser.add_argument("--except", dest="excluding", nargs="+", default=[], metavar="COUNTRY", help="leave these out")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who decides, such as eur.bureau")
    parser.add_argument("--return", dest="returned", action="store_true", help="return them instead of clearing them")
    parser.add_argument("--note", default="", help="why; a return needs one")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """The preview, and with --yes the deed."""
    from tipcycle.operations.clear_chapters import clear_chapters
    from tipcycle.operations.clear_documents import clear_requests

    clear = clear_requests if parsed.document == "action-request" else clear_chapters
    report = clear(
        parsed.report_year,
        decision="returned" if parsed.returned else "cleared",
        position=parsed.by,
        countries=parsed.country or (),
        excluding=parsed.excluding,
        note=parsed.note,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    for line in report.lines:
        print(line)
    print(f"{report.decided} decided" if report.done else "preview only; add --yes to do it")
    return 0
