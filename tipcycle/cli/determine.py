"""Record what was determined, published or presented after the Report."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_year, day, now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which country, what, when, by whom."""
    parser.add_argument("country", metavar="COUNTRY", help="by name or iso3")
    add_year(parser)
    parser.add_argument(
        "--kind", required=True, help="a paragraph of 22 U.S.C. 7107(d) such as d4, waiver-published or action-plan"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="the day on which it was done")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who records it, such as gtip.director")
    parser.add_argument("--note", default="", help="kept with it, such as the number of the determination")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that the log keeps."""
    from tipcycle.operations.determine import determine

    print(
        determine(
            parsed.report_year,
            country=parsed.country,
            kind=parsed.kind,
            done_on=parsed.on,
            position=parsed.by,
            note=parsed.note,
            at=parsed.at or now(),
        )
    )
    return 0
