"""Release a compiled assessment, stop its release, or make its files again."""

from __future__ import annotations

import argparse
from typing import get_args

from tipcycle.cli.options import add_at, add_year, ended, now
from tipcycle.model.document import CHAPTERS_OF, ReleaseNature


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which document, by whom, and which of the deeds."""
    parser.add_argument("document", choices=sorted(CHAPTERS_OF), help="the compiled document")
    add_year(parser)
    parser.add_argument("--by", metavar="POSITION", help="who releases, signs or retracts, such as gtip.director")
    parser.add_argument(
        "--nature", choices=get_args(ReleaseNature), default="release", help="what a version after the first is"
    )
    parser.add_argument("--reason", default="", help="why; all but a first release need one")
    deed = parser.add_mutually_exclusive_group()
    deed.add_argument(
        "--without",
        nargs="+",
        default=[],
        metavar="POSITION",
        help="sign that these silent positions are not waited for",
    )
    deed.add_argument("--retract", action="store_true", help="stop the release; it waits for this position again")
    deed.add_argument(
        "--rebuild",
        nargs="?",
        type=int,
        const=0,
        metavar="VERSION",
        help="verify the released files, and make them again where they are missing or differ",
    )
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)
    parser.set_defaults(usage_error=parser.error)


def run(parsed: argparse.Namespace) -> int:
    """The preview, and with --yes the deed; a retraction and a rebuild can be undone, so they are done at once."""
    if parsed.rebuild is not None:
        from tipcycle.operations.rebuild_releases import rebuild_releases

        version = parsed.rebuild or None
        print("\n".join(rebuild_releases(parsed.report_year, document=parsed.document, version=version)))
        return 0
    if not parsed.by:
        parsed.usage_error("--by is required")
    if parsed.retract:
        from tipcycle.operations.retract_release import retract_release

        at = parsed.at or now()
        print(
            retract_release(
                parsed.report_year, document=parsed.document, position=parsed.by, reason=parsed.reason, at=at
            )
        )
        return 0
    from tipcycle.operations.release_document import release_document

    report = release_document(
        parsed.report_year,
        document=parsed.document,
        position=parsed.by,
        nature=parsed.nature,
        without=parsed.without,
        reason=parsed.reason,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    print("\n".join(report.lines))
    return 0 if report.done else ended(parsed, "", report.to_sign)
