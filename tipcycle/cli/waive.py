"""Say that an obligation is not required; without --yes it only shows what that would end."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, ended, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, why and by whom."""
    add_year(parser)
    parser.add_argument("--step", required=True, help="such as progress-report")
    parser.add_argument("--country", required=True, metavar="ISO3", help="such as SEN")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--by", required=True, metavar="POSITION", help="who approves, such as gtip.director")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the notices that would be waived, or the line that the log keeps."""
    from tipcycle.operations.waive_obligation import preview_waiver, waive_obligation

    if not parsed.yes:
        shown = preview_waiver(
            parsed.report_year, step=parsed.step, country=parsed.country, reason=parsed.reason, approver=parsed.by
        )
        print("\n".join(shown.lines))
        return ended(parsed, "", shown.to_sign)
    print(
        waive_obligation(
            parsed.report_year,
            step=parsed.step,
            country=parsed.country,
            reason=parsed.reason,
            approver=parsed.by,
            at=parsed.at or now(),
        )
    )
    return 0
